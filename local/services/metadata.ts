import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { CloudView, InstanceView } from "../world";
import type { Credentials } from "./credentials";
import { identityDocument, type MetadataNode, metadataTree } from "./metadata-tree";

/**
 * The instance metadata service, version 2 and, for instances that don't require tokens, version 1 (EC2 User Guide,
 * "Use the Instance Metadata Service to access instance metadata"). Who asks is known by the source address.
 * The server is returned unstarted: its owner lets it listen on 169.254.169.254, port 80.
 * @param now the current time in milliseconds
 */
export function metadataServer(
  view: CloudView,
  credentials: Credentials,
  now: () => number = Date.now,
): Server {
  const tokens = new Map<string, { instanceId: string; expires: number }>();

  const issueToken = (instance: InstanceView, request: IncomingMessage): Answer => {
    // A request that came through a proxy is not the instance's own.
    if (request.headers["x-forwarded-for"] !== undefined) return { status: 403 };
    const ttl = Number(request.headers[ttlHeader]);
    if (!Number.isInteger(ttl) || ttl < 1 || ttl > 21600) return { status: 400 };
    const token = randomBytes(40).toString("base64url");
    tokens.set(token, { instanceId: instance.instanceId, expires: now() + ttl * 1000 });
    return { status: 200, body: token, headers: { [ttlHeader]: String(ttl) } };
  };

  const isAuthorized = (instance: InstanceView, request: IncomingMessage): boolean => {
    const value = request.headers["x-aws-ec2-metadata-token"];
    if (value === undefined) return !instance.metadata.tokensRequired;
    const token = tokens.get(String(value));
    return token !== undefined && token.instanceId === instance.instanceId && token.expires > now();
  };

  const answer = (request: IncomingMessage): Answer => {
    const instance = view.instanceByPrivateIp(request.socket.remoteAddress ?? "");
    if (!instance?.metadata.enabled) return { status: 403 };
    const path = new URL(request.url ?? "/", "http://metadata").pathname;
    if (request.method === "PUT" && path === "/latest/api/token") return issueToken(instance, request);
    if (request.method !== "GET" && request.method !== "HEAD") return { status: 405 };
    if (!isAuthorized(instance, request)) return { status: 401 };
    const body = read(instance, credentials, path.split("/").filter(Boolean));
    return body === undefined ? { status: 404 } : { status: 200, body };
  };

  return createServer((request, response) => {
    request.resume();
    send(response, answer(request));
  });
}

const ttlHeader = "x-aws-ec2-metadata-token-ttl-seconds";

/** Versions of the interface; a client picks one and finds the same below each. */
const versions = [
  "2009-04-04",
  "2016-09-02",
  "2018-09-24",
  "2019-10-01",
  "2020-10-27",
  "2021-03-23",
  "latest",
];

interface Answer {
  readonly status: number;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

function send(response: ServerResponse, { status, body = "", headers = {} }: Answer): void {
  response.writeHead(status, {
    "Content-Type": Buffer.isBuffer(body) ? "application/octet-stream" : "text/plain",
    "Content-Length": Buffer.byteLength(body),
    Server: "EC2ws",
    ...headers,
  });
  response.end(body);
}

function read(
  instance: InstanceView,
  credentials: Credentials,
  path: readonly string[],
): string | Buffer | undefined {
  const [version, category, ...rest] = path;
  if (version === undefined) return versions.join("\n");
  if (!versions.includes(version)) return undefined;
  if (category === "user-data" && rest.length === 0) return instance.userData;
  return readNode(
    {
      dynamic: { "instance-identity": { document: () => identityDocument(instance) } },
      "meta-data": metadataTree(instance, credentials),
      "user-data": instance.userData && (() => ""),
    },
    path.slice(1),
  );
}

/** A file's content, or a directory's entries, one a line, directories with a slash after the name. */
function readNode(node: MetadataNode | undefined, path: readonly string[]): string | undefined {
  const [name, ...rest] = path;
  if (typeof node === "function") return name === undefined ? node() : undefined;
  if (node === undefined) return undefined;
  if (name !== undefined) return Object.hasOwn(node, name) ? readNode(node[name], rest) : undefined;
  return Object.entries(node)
    .flatMap(([entry, child]) =>
      child === undefined ? [] : [typeof child === "function" ? entry : `${entry}/`],
    )
    .join("\n");
}
