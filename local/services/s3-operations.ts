import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import type { Objects } from "../world";
import { escapeXml, S3Error } from "./s3-error";

/** One request for a bucket or an object in it. */
export interface S3Request {
  readonly method: string;
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly region: string;
  readonly objects: Objects;
  /** @throws S3Error if the one who asks may not do this */
  authorize(action: string, resource: string): void;
}

export interface S3Answer {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Buffer | string;
}

/**
 * Does what is asked: GetObject, HeadObject, PutObject, DeleteObject, HeadBucket or ListObjectsV2.
 * @throws S3Error NotImplemented for what else S3 can do
 */
export function operate(request: S3Request): Promise<S3Answer> {
  const operation = (request.key === "" ? bucketOperations : objectOperations)[request.method];
  if (!operation)
    throw new S3Error("NotImplemented", `The local cloud's object storage has no such ${request.method}.`);
  return operation(request);
}

type Operation = (request: S3Request) => Promise<S3Answer>;

const objectOperations: Readonly<Record<string, Operation>> = {
  GET: getObject,
  HEAD: getObject,
  PUT: putObject,
  DELETE: deleteObject,
};
const bucketOperations: Readonly<Record<string, Operation>> = { GET: listObjects, HEAD: headBucket };

async function getObject(request: S3Request): Promise<S3Answer> {
  expectQuery(request, []);
  request.authorize("s3:GetObject", objectArn(request));
  const object = await request.objects.get(request.bucket, request.key);
  if (!object) {
    // Who may not list learns nothing about what is there.
    request.authorize("s3:ListBucket", bucketArn(request));
    throw new S3Error("NoSuchKey");
  }
  const headers = {
    ETag: `"${object.etag}"`,
    "Last-Modified": new Date(object.lastModified).toUTCString(),
    "Content-Type": object.contentType,
  };
  if (namesEtag(request.headers["if-none-match"], object.etag)) return { status: 304, headers };
  return { status: 200, headers: { ...headers, "Content-Length": object.body.length }, body: object.body };
}

async function putObject(request: S3Request): Promise<S3Answer> {
  expectQuery(request, []);
  if (request.headers["x-amz-copy-source"] !== undefined) throw new S3Error("NotImplemented");
  request.authorize("s3:PutObject", objectArn(request));
  const { objects, bucket, key, body, headers } = request;
  if (headers["if-none-match"] === "*" && (await objects.get(bucket, key)))
    throw new S3Error("PreconditionFailed");
  const { etag } = await objects.put(bucket, key, body, headers["content-type"]);
  return { status: 200, headers: { ETag: `"${etag}"` } };
}

async function deleteObject(request: S3Request): Promise<S3Answer> {
  expectQuery(request, []);
  request.authorize("s3:DeleteObject", objectArn(request));
  await request.objects.delete(request.bucket, request.key);
  return { status: 204 };
}

async function headBucket(request: S3Request): Promise<S3Answer> {
  request.authorize("s3:ListBucket", bucketArn(request));
  return { status: 200, headers: { "x-amz-bucket-region": request.region } };
}

async function listObjects(request: S3Request): Promise<S3Answer> {
  const { query, objects, bucket } = request;
  expectQuery(request, ["list-type", "prefix"]);
  if (query.get("list-type") !== "2") throw new S3Error("NotImplemented");
  request.authorize("s3:ListBucket", bucketArn(request));
  const prefix = query.get("prefix") ?? "";
  const keys = await objects.list(bucket, prefix);
  const contents = await Promise.all(keys.map((key) => listEntry(objects, bucket, key)));
  const listing =
    '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">' +
    `<Name>${bucket}</Name><Prefix>${escapeXml(prefix)}</Prefix><KeyCount>${keys.length}</KeyCount>` +
    `<MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>${contents.join("")}</ListBucketResult>`;
  return { status: 200, headers: { "Content-Type": "application/xml" }, body: listing };
}

async function listEntry(objects: Objects, bucket: string, key: string): Promise<string> {
  const object = await objects.get(bucket, key);
  if (!object) return "";
  return (
    `<Contents><Key>${escapeXml(key)}</Key><LastModified>${object.lastModified}</LastModified>` +
    `<ETag>&quot;${object.etag}&quot;</ETag><Size>${object.body.length}</Size>` +
    "<StorageClass>STANDARD</StorageClass></Contents>"
  );
}

/** SDKs name the operation as `x-id`, which changes nothing. */
function expectQuery({ query }: S3Request, known: readonly string[]): void {
  const unknown = [...query.keys()].filter((name) => name !== "x-id" && !known.includes(name));
  if (unknown.length > 0) {
    throw new S3Error(
      "NotImplemented",
      `The local cloud's object storage does not know ?${unknown.join("&")}.`,
    );
  }
}

function namesEtag(header: string | undefined, etag: string): boolean {
  const given = header?.split(",").map((value) => value.trim().replace(/^W\//, "").replaceAll('"', ""));
  return given !== undefined && (given.includes("*") || given.includes(etag));
}

function bucketArn({ bucket }: S3Request): string {
  return `arn:aws:s3:::${bucket}`;
}

function objectArn(request: S3Request): string {
  return `${bucketArn(request)}/${request.key}`;
}
