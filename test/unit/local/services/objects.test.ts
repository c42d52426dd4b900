import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { openObjects } from "../../../../local/services/objects";

const dir = mkdtempSync(join(tmpdir(), "objects-"));
const objects = openObjects(dir);
afterAll(() => rm(dir, { recursive: true }));

describe("objects in buckets", () => {
  it("come back byte for byte under any key, and again after a restart", async () => {
    await objects.createBucket("any");
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, maxLength: 1024, unit: "binary" }),
        fc.uint8Array(),
        async (key, bytes) => {
          const body = Buffer.from(bytes);
          const put = await objects.put("any", key, body, "text/plain");
          expect(await openObjects(dir).get("any", key)).toEqual(put);
          expect(await objects.list("any", key)).toContain(key);
          await objects.delete("any", key);
          expect(await objects.get("any", key)).toBeUndefined();
        },
      ),
      { numRuns: 50 },
    );
    expect(await objects.list("any")).toEqual([]);
  });

  it("have their MD5 as ETag", async () => {
    await objects.createBucket("etags");
    const { etag } = await objects.put("etags", "k", Buffer.from("hello"));
    expect(etag).toBe("5d41402abc4b2a76b9719d911017c592");
  });

  it("are listed by prefix, in the order of their keys' bytes", async () => {
    await objects.createBucket("listed");
    for (const key of ["b/2", "a", "b/10", "c"]) await objects.put("listed", key, Buffer.alloc(0));
    expect(await objects.list("listed", "b/")).toEqual(["b/10", "b/2"]);
  });

  it("keep their bucket from being deleted", async () => {
    await objects.createBucket("full");
    await objects.put("full", "k", Buffer.alloc(0));
    await expect(objects.deleteBucket("full")).rejects.toThrow("The bucket full is not empty.");
    await objects.delete("full", "k");
    await objects.deleteBucket("full");
    await objects.deleteBucket("full");
  });
});
