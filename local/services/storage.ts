import { createHash, randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { Account, CloudView, Objects } from "../world";
import type { Credentials } from "./credentials";
import { decide } from "./policy";
import { escapeXml, S3Error } from "./s3-error";
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
}

/** The host names of the object storage in a region; a bucket's own is one label below. */
export function storageNames(region: string): string[] {
  return [`s3.${region}.amazonaws.com`, "s3.amazonaws.com"].flatMap((name) => [name, `*.${name}`]);
}

/**
 * Object storage as Amazon S3 has it: GetObject, HeadObject, PutObject, DeleteObject, ListObjectsV2 and HeadBucket, by
 * HTTPS, virtual-hosted or path style, with signature version 4 and policies. What else S3 can do is answered with
 * `NotImplemented`. The server is returned unstarted: its owner lets it listen.
 */
export function storageServer(options: StorageOptions): Server {
  const { certPem, keyPem } = options.certificate;
  return createServer({ cert: certPem, key: keyPem }, async (request, response) => {
    const requestId = randomBytes(8).toString("hex").toUpperCase();
    response.setHeader("Server", "AmazonS3");
    response.setHeader("x-amz-request-id", requestId);
    try {
      const body = await readBody(request);
      await answer(options, request, body, response);
    } catch (error) {
      const answered = error instanceof S3Error ? error : new S3Error("InternalError", String(error));
      const xml = request.method === "HEAD" ? "" : answered.toXml(request.url ?? "", requestId);
      response.writeHead(answered.status, { "Content-Type": "application/xml" }).end(xml);
    }
  });
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

async function answer(
  options: StorageOptions,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const { view, objects, credentials, account, now = Date.now } = options;
  const { method = "", url: target = "/" } = request;
  const signature = verifySignature(
    { method, target, headers: request.headers },
    credentials,
    account.region,
    now(),
  );
  if (
    signature?.bodyHash !== undefined &&
    signature.bodyHash !== createHash("sha256").update(body).digest("hex")
  ) {
    throw new S3Error("XAmzContentSHA256Mismatch");
  }
  const { bucket, key, query } = locate(request);
  if (!bucket || view.bucketRegion(bucket) === undefined) throw new S3Error("NoSuchBucket");
  const may = (action: string, resource: string) =>
    authorize(options, request, signature, bucket, action, resource);
  const bucketArn = `arn:aws:s3:::${bucket}`;
  const objectArn = `${bucketArn}/${key}`;

  switch (key === "" ? `${method} bucket` : method) {
    case "GET":
    case "HEAD": {
      checkQuery(query, []);
      may("s3:GetObject", objectArn);
      const object = await objects.get(bucket, key);
      if (!object) {
        // Who may not list learns nothing about what is there.
        may("s3:ListBucket", bucketArn);
        throw new S3Error("NoSuchKey");
      }
      const headers = {
        ETag: `"${object.etag}"`,
        "Last-Modified": new Date(object.lastModified).toUTCString(),
        "Content-Type": object.contentType,
      };
      if (matchesEtag(request.headers["if-none-match"], object.etag)) {
        response.writeHead(304, headers).end();
        return;
      }
      response.writeHead(200, { ...headers, "Accept-Ranges": "none", "Content-Length": object.body.length });
      response.end(method === "HEAD" ? undefined : object.body);
      return;
    }
    case "PUT": {
      checkQuery(query, []);
      if (request.headers["x-amz-copy-source"] !== undefined) throw new S3Error("NotImplemented");
      may("s3:PutObject", objectArn);
      if (request.headers["if-none-match"] === "*" && (await objects.get(bucket, key))) {
        throw new S3Error("PreconditionFailed");
      }
      const { etag } = await objects.put(bucket, key, body, request.headers["content-type"]);
      response.writeHead(200, { ETag: `"${etag}"`, "Content-Length": 0 }).end();
      return;
    }
    case "DELETE":
      checkQuery(query, []);
      may("s3:DeleteObject", objectArn);
      await objects.delete(bucket, key);
      response.writeHead(204).end();
      return;
    case "HEAD bucket":
      may("s3:ListBucket", bucketArn);
      response.writeHead(200, { "x-amz-bucket-region": account.region }).end();
      return;
    case "GET bucket":
      checkQuery(query, ["list-type", "prefix"]);
      if (query.get("list-type") !== "2") throw new S3Error("NotImplemented");
      may("s3:ListBucket", bucketArn);
      response.writeHead(200, { "Content-Type": "application/xml" });
      response.end(await listing(objects, bucket, query.get("prefix") ?? ""));
      return;
    default:
      throw new S3Error(["POST", "PUT", "DELETE"].includes(method) ? "NotImplemented" : "MethodNotAllowed");
  }
}

/** The bucket is the host name's first label, or, at the endpoint itself, the path's first part. */
function locate({ headers, url = "/" }: IncomingMessage): {
  bucket: string;
  key: string;
  query: URLSearchParams;
} {
  const host = (headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
  const [path = "/", search] = url.split(/\?(.*)/s);
  const query = new URLSearchParams(search);
  const rest = decode(path.slice(1));
  const virtual = /^(.+)\.s3(?:\.[a-z0-9-]+)?\.amazonaws\.com$/.exec(host)?.[1];
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

/** SDKs name the operation as `x-id`, which changes nothing. */
function checkQuery(query: URLSearchParams, known: readonly string[]): void {
  const unknown = [...query.keys()].filter((name) => name !== "x-id" && !known.includes(name));
  if (unknown.length > 0) {
    throw new S3Error(
      "NotImplemented",
      `The local cloud's object storage does not know ?${unknown.join("&")}.`,
    );
  }
}

/** @throws S3Error AccessDenied with the reason, worded as S3 words it */
function authorize(
  { view, account }: StorageOptions,
  request: IncomingMessage,
  signature: Signature | undefined,
  bucket: string,
  action: string,
  resource: string,
): void {
  const role = signature?.principal.role;
  const decision = decide(
    {
      action,
      resource,
      principalArn: role && `arn:aws:iam::${account.id}:role/${role}`,
      context: {
        "aws:securetransport": "true",
        "aws:sourceip": request.socket.remoteAddress ?? "",
        "aws:requestedregion": account.region,
        "aws:principalaccount": account.id,
      },
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

function matchesEtag(header: string | undefined, etag: string): boolean {
  const given = header?.split(",").map((value) => value.trim().replace(/^W\//, "").replaceAll('"', ""));
  return given !== undefined && (given.includes("*") || given.includes(etag));
}

async function listing(objects: Objects, bucket: string, prefix: string): Promise<string> {
  const keys = await objects.list(bucket, prefix);
  const found = await Promise.all(keys.map(async (key) => ({ key, object: await objects.get(bucket, key) })));
  const contents = found.flatMap(({ key, object }) =>
    object
      ? `<Contents><Key>${escapeXml(key)}</Key><LastModified>${object.lastModified}</LastModified>` +
        `<ETag>&quot;${object.etag}&quot;</ETag><Size>${object.body.length}</Size>` +
        "<StorageClass>STANDARD</StorageClass></Contents>"
      : [],
  );
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">' +
    `<Name>${bucket}</Name><Prefix>${escapeXml(prefix)}</Prefix><KeyCount>${contents.length}</KeyCount>` +
    `<MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>${contents.join("")}</ListBucketResult>`
  );
}
