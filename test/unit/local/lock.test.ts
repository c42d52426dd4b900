import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withLock } from "../../../local/lock";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "lock-"));
});
afterEach(() => rm(dir, { recursive: true }));

describe("a lock on a file", () => {
  it("lets one in after the other, and tells who waits", async () => {
    const file = join(dir, "lock");
    let inside = 0;
    let waited = 0;
    let leave = () => {};
    const first = withLock(
      file,
      () => {},
      async () => {
        inside++;
        await new Promise<void>((done) => {
          leave = done;
        });
        inside--;
      },
    );
    const told = new Promise<void>((done) => {
      void withLock(
        file,
        () => {
          waited++;
          done();
        },
        async () => {
          expect(inside).toBe(0);
          inside += 10;
        },
      );
    });
    await told;
    expect([inside, waited]).toEqual([1, 1]);
    leave();
    await first;
    expect(
      await withLock(
        file,
        () => {},
        async () => inside,
      ),
    ).toBe(10);
  });

  it("is given back when the work fails", async () => {
    const file = join(dir, "lock");
    await expect(
      withLock(
        file,
        () => {},
        () => Promise.reject(new Error("no")),
      ),
    ).rejects.toThrow("no");
    expect(
      await withLock(
        file,
        () => {},
        async () => "in",
      ),
    ).toBe("in");
  });
});
