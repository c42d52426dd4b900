import { createHash, randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { Account, CloudView, Objects } from "../world";
import type { Credentials } from "./credentials";
import { decide } from "./policy";
import { S3Error } from "./s3-error";
import { operate, type S3Answer } from "./s3-operations";
import { type Signature, verifySignature } from "./sigv4";

export interface StorageOptions {
  readonly view: CloudView;
  readonly objects: Objects;
  readonly credentials: Credentials;
  readonly account: Pick<Account, "id" | "region">;
  /** For `storageNames`, in PEM. */
  readonly certificate: { readonly certPem: string; readonly keyPem: string };
  /** The current time in milliseconds. @default Date.now */
  readonly now?: () => number;
  /** Other services at the same address, by their host names; the certificate is for them too. @default none */
  readonly others?: Readonly<
    Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<void>>
  >;
}

/** The host names of the object storage in a region; a bucket's own is one label below. */
export function storageNames(region: string): string[] {
  return [`s3.${region}.amazonaws.com`, "s3.amazonaws.com"].flatMap((name) => [name, `*.${name}`]);
}

/**
 * Object storage as Amazon S3 has it, by HTTPS only: objects in buckets, at a bucket's own name or by path, requests
 * signed with signature version 4, and policies in force. The server is returned unstarted: its owner lets it listen.
 */
export function storageServer(options: StorageOptions): Server {
  const { certPem, keyPem } = options.certificate;
  return createServer({ cert: certPem, key: keyPem }, async (request, response) => {
    const other = options.others?.[request.headers.host ?? ""];
    if (other) return other(request, response);
    const requestId = randomBytes(8).toString("hex").toUpperCase();
    const answered = await answer(options, request).catch((error): S3Answer => {
      const refusal = error instanceof S3Error ? error : new S3Error("InternalError", String(error));
      const body = refusal.toXml(request.url ?? "", requestId);
      return { status: refusal.status, headers: { "Content-Type": "application/xml" }, body };
    });
    send(response, request.method === "HEAD", {
      ...answered,
      headers: { Server: "AmazonS3", "x-amz-request-id": requestId, ...answered.headers },
    });
  });
}

function send(response: ServerResponse, headOnly: boolean, { status, headers, body }: S3Answer): void {
  response.writeHead(status, headers).end(headOnly ? undefined : body);
}

async function answer(options: StorageOptions, request: IncomingMessage): Promise<S3Answer> {
  const { view, objects, credentials, account, now = Date.now } = options;
  const { method = "", url: target = "/", headers } = request;
  const body = await readBody(request);
  const signature = verifySignature({ method, target, headers }, credentials, account.region, now());
  if (
    signature?.bodyHash !== undefined &&
    signature.bodyHash !== createHash("sha256").update(body).digest("hex")
  ) {
    throw new S3Error("XAmzContentSHA256Mismatch");
  }
  const { bucket, key, query } = locate(headers.host ?? "", target);
  if (view.bucketRegion(bucket) === undefined) throw new S3Error("NoSuchBucket");
  const authorize = (action: string, resource: string) => {
    const source = request.socket.remoteAddress ?? "";
    assertAllowed(options, { bucket, action, resource, source, signature });
  };
  return operate({ method, bucket, key, query, headers, body, region: account.region, objects, authorize });
}

const maxBody = 64 * 1024 * 1024;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBody)
      throw new S3Error("EntityTooLarge", `The local cloud takes objects of up to ${maxBody} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

interface Location {
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
}

/** The bucket is in the host name, below the endpoint's, or, at the endpoint itself, the path's first part. */
function locate(host: string, target: string): Location {
  const [path = "/", search] = target.split(/\?(.*)/s);
  const query = new URLSearchParams(search);
  const rest = decode(path.slice(1));
  const name = host.replace(/:\d+$/, "").toLowerCase();
  const virtual = /^(.+)\.s3(?:\.[a-z0-9-]+)?\.amazonaws\.com$/.exec(name)?.[1];
  if (virtual) return { bucket: virtual, key: rest, query };
  const [bucket = "", key = ""] = rest.split(/\/(.*)/s);
  return { bucket, key, query };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new S3Error("InvalidURI");
  }
}

interface Access {
  readonly bucket: string;
  readonly action: string;
  readonly resource: string;
  /** The address that the request came from. */
  readonly source: string;
  readonly signature: Signature | undefined;
}

/** @throws S3Error AccessDenied with the reason, worded as S3 words it */
function assertAllowed({ view, account }: StorageOptions, access: Access): void {
  const { bucket, action, resource, source, signature } = access;
  const role = signature?.principal.role;
  const decision = decide(
    {
      action,
      resource,
      principalArn: role && `arn:aws:iam::${account.id}:role/${role}`,
      context: { "aws:securetransport": "true", "aws:sourceip": source },
    },
    role === undefined ? [] : view.rolePolicies(role),
    view.bucketPolicy(bucket),
  );
  if (decision === "allow") return;
  if (!signature) throw new S3Error("AccessDenied");
  const user = `arn:aws:sts::${account.id}:assumed-role/${role}/${signature.principal.instanceId}`;
  const reason =
    decision === "explicitDeny"
      ? "with an explicit deny"
      : `because no identity-based policy allows the ${action} action`;
  throw new S3Error(
    "AccessDenied",
    `User: ${user} is not authorized to perform: ${action} on resource: "${resource}" ${reason}`,
  );
}
