import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { fileURLToPath } from "node:url";
import type * as s3 from "@pulumi/aws/s3";
import type { Cloud } from "../cloud";
import type { Plain } from "../plain";
import { resource, ServiceError } from "../resource";
import { atMostOneOf } from "../rules";
import { asset, flag, map, notEmulated, text } from "../shape";
import { Asset } from "../values";
import { commonOutputs, existing, region, tags } from "./common";

/** An object in a bucket. Its id is `BUCKET/KEY`. */
export function bucketObject(cloud: Cloud) {
  const { store, world } = cloud;
  return resource<s3.BucketObjectv2Args, s3.BucketObjectv2>({
    inputs: {
      acl: notEmulated,
      bucket: text({ required: true, replaces: true }),
      bucketKeyEnabled: notEmulated,
      cacheControl: text(),
      checksumAlgorithm: notEmulated,
      content: text(),
      contentBase64: text({ problem: base64Problem }),
      contentDisposition: text(),
      contentEncoding: text(),
      contentLanguage: text(),
      contentType: text({ computed: true }),
      etag: notEmulated,
      forceDestroy: flag({ default: false }),
      key: text({ required: true, replaces: true, problem: keyProblem }),
      kmsKeyId: notEmulated,
      metadata: map(text()),
      objectLockLegalHoldStatus: notEmulated,
      objectLockMode: notEmulated,
      objectLockRetainUntilDate: notEmulated,
      overrideProvider: notEmulated,
      region: region(cloud),
      serverSideEncryption: text({ computed: true, oneOf: ["AES256"] }),
      source: asset(),
      sourceHash: text(),
      storageClass: text({ computed: true, oneOf: ["STANDARD"] }),
      tags,
      websiteRedirect: notEmulated,
    },
    rules: (inputs) => atMostOneOf(inputs, ["content", "contentBase64", "source"]),
    volatile: ["etag", "versionId"],
    create: async (config) => {
      const id = `${config.bucket}/${config.key}`;
      await put(id, config);
      return { id, state: await describe(id, config) };
    },
    read: async (id, state) => {
      const { facts } = store.get("bucketObject", id) ?? {};
      const stored = facts && (await world.objects.get(facts.bucket, facts.key));
      return stored && { id, state: await describe(id, state) };
    },
    update: async (id, config) => {
      await put(id, config);
      return describe(id, config);
    },
    delete: async (id) => {
      const { facts } = store.get("bucketObject", id) ?? {};
      if (facts) await world.objects.delete(facts.bucket, facts.key);
      store.remove("bucketObject", id);
    },
  });

  async function put(id: string, inputs: Plain<s3.BucketObjectv2Args>): Promise<void> {
    const { content, contentBase64, source, ...config } = inputs;
    const { bucket, key = "" } = config;
    existing(store.get("bucket", bucket), "NoSuchBucket", "bucket", bucket);
    const body = await bodyOf({ content, contentBase64, source });
    const { etag } = await world.objects.put(bucket, key, body, config.contentType);
    const versioned =
      store.get("bucketVersioning", bucket)?.config.versioningConfiguration.status === "Enabled";
    const versionId = versioned ? randomBytes(24).toString("base64url") : undefined;
    store.put("bucketObject", id, { config, facts: { bucket, key, etag, versionId } });
  }

  async function describe(id: string, given: Partial<Plain<s3.BucketObjectv2Args>>) {
    const { config, facts } = existing(store.get("bucketObject", id), "NoSuchKey", "object", id);
    const stored = await world.objects.get(facts.bucket, facts.key);
    return {
      ...commonOutputs(cloud, config),
      acl: "private",
      arn: `arn:aws:s3:::${id}`,
      bucket: facts.bucket,
      bucketKeyEnabled: false,
      cacheControl: config.cacheControl,
      checksumAlgorithm: undefined,
      checksumCrc32: "",
      checksumCrc32c: "",
      checksumCrc64nvme: "",
      checksumSha1: "",
      checksumSha256: "",
      content: given.content,
      contentBase64: given.contentBase64,
      contentDisposition: config.contentDisposition,
      contentEncoding: config.contentEncoding,
      contentLanguage: config.contentLanguage,
      contentType: stored?.contentType ?? "",
      etag: stored?.etag ?? facts.etag,
      forceDestroy: config.forceDestroy,
      key: facts.key,
      kmsKeyId: "",
      metadata: config.metadata,
      objectLockLegalHoldStatus: undefined,
      objectLockMode: undefined,
      objectLockRetainUntilDate: undefined,
      overrideProvider: undefined,
      serverSideEncryption: "AES256",
      source: given.source,
      sourceHash: config.sourceHash,
      storageClass: "STANDARD",
      versionId: facts.versionId ?? "",
      websiteRedirect: undefined,
    };
  }
}

type Body = Pick<Plain<s3.BucketObjectv2Args>, "content" | "contentBase64" | "source">;

async function bodyOf({ content, contentBase64, source }: Body): Promise<Buffer> {
  if (contentBase64 !== undefined) return Buffer.from(contentBase64, "base64");
  return source === undefined ? Buffer.from(content ?? "") : assetBody(source);
}

async function assetBody(source: NonNullable<Body["source"]>): Promise<Buffer> {
  if (!(source instanceof Asset))
    throw new Error("source: an archive can't be the body of an object; give an asset");
  const from = source.source;
  // The engine sends the contents with every create and update: none are those of an empty text.
  if (from === undefined) return Buffer.alloc(0);
  if ("text" in from) return Buffer.from(from.text);
  const path = "path" in from ? from.path : fileOf(from.uri);
  if (isAbsolute(path)) return readFile(path);
  throw new Error(
    `source: ${path} is relative, and a provider that is attached does not know the program's folder. ` +
      "Give an absolute path, or a StringAsset",
  );
}

function fileOf(uri: string): string {
  if (uri.startsWith("file://")) return fileURLToPath(uri);
  throw new ServiceError(
    "NotEmulated",
    `source: ${uri} can't be fetched: the local cloud reaches no network. Give a file`,
  );
}

function base64Problem(value: string): string | undefined {
  return Buffer.from(value, "base64").toString("base64") === value ? undefined : "is not base64";
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
function keyProblem(key: string): string | undefined {
  const length = Buffer.byteLength(key);
  return length < 1 || length > 1024 ? "has not 1 to 1024 bytes" : undefined;
}
