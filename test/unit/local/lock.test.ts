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
    const order: string[] = [];
    let leave = () => {};
    let first: Promise<void> | undefined;
    await new Promise<void>((entered) => {
      first = withLock(
        file,
        () => {},
        async () => {
          order.push("first in");
          entered();
          await new Promise<void>((done) => {
            leave = done;
          });
          order.push("first out");
        },
      );
    });
    let second: Promise<void> | undefined;
    await new Promise<void>((told) => {
      second = withLock(file, told, async () => {
        order.push("second in");
      });
    });
    expect(order).toEqual(["first in"]);
    leave();
    await first;
    await second;
    expect(order).toEqual(["first in", "first out", "second in"]);
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
