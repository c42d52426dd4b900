import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Objects, StoredObject } from "../world";

/**
 * Buckets as folders, objects as files in them. An object's file holds one line of JSON that describes it, then its
 * body, and is replaced as a whole: readers see the old object or the new one. Files are named by the key's SHA-256,
 * since a key may be longer than a file name and hold any character.
 *
 * ETags are the body's MD5 in hexadecimal, without the quotes that HTTP puts around them.
 */
export function openObjects(dir: string): Objects {
  const bucketDir = (bucket: string) => join(dir, bucket);
  const objectFile = (bucket: string, key: string) =>
    join(bucketDir(bucket), createHash("sha256").update(key).digest("hex"));

  return {
    createBucket: async (bucket) => {
      await mkdir(bucketDir(bucket), { recursive: true });
    },

    deleteBucket: async (bucket) => {
      try {
        await rmdir(bucketDir(bucket));
      } catch (error) {
        if (codeOf(error) === "ENOTEMPTY") throw new Error(`The bucket ${bucket} is not empty.`);
        if (codeOf(error) !== "ENOENT") throw error;
      }
    },

    put: async (bucket, key, body, contentType = "application/octet-stream") => {
      const object: StoredObject = {
        body,
        etag: createHash("md5").update(body).digest("hex"),
        contentType,
        lastModified: new Date().toISOString(),
      };
      const file = objectFile(bucket, key);
      await writeFile(`${file}.new`, serialize(key, object));
      await rename(`${file}.new`, file);
      return object;
    },

    get: async (bucket, key) => {
      const content = await readOrNothing(objectFile(bucket, key));
      return content && parse(content).object;
    },

    delete: async (bucket, key) => {
      await rm(objectFile(bucket, key), { force: true });
    },

    list: async (bucket, prefix = "") => {
      const files = (await readdir(bucketDir(bucket))).filter((name) => !name.endsWith(".new"));
      const contents = await Promise.all(files.map((name) => readOrNothing(join(bucketDir(bucket), name))));
      const keys = contents.flatMap((content) => (content ? [parse(content).key] : []));
      return keys
        .filter((key) => key.startsWith(prefix))
        .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    },
  };
}

function serialize(key: string, { body, ...description }: StoredObject): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify({ key, ...description })}\n`), body]);
}

function parse(content: Buffer): { key: string; object: StoredObject } {
  const end = content.indexOf("\n");
  const { key, ...description } = JSON.parse(content.toString("utf8", 0, end));
  return { key, object: { ...description, body: content.subarray(end + 1) } };
}

async function readOrNothing(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
