import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BatchQueue } from "../../../../local/internet/queue";

describe("a queue of updates", () => {
  it("handles together what is asked for in one turn, and what waits meanwhile", async () => {
    const batches: (readonly string[])[] = [];
    const queue = new BatchQueue<string>(async (batch) => {
      batches.push(batch);
    });
    const first = [queue.add("a"), queue.add("b")];
    await first[0];
    await Promise.all([...first, queue.add("c")]);
    expect(batches).toEqual([["a", "b"], ["c"]]);
  });

  it("lets only the update fail that is wrong, and says with what", async () => {
    const queue = new BatchQueue<string>(async (batch) => {
      if (batch.includes("wrong")) throw new Error("not an address");
    });
    const results = await Promise.allSettled(["a", "wrong", "b"].map((item) => queue.add(item)));
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(results[1]).toMatchObject({ reason: new Error("not an address") });
  });

  it("goes on after work that failed", async () => {
    const queue = new BatchQueue<string>(async () => {});
    await expect(queue.alone(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await expect(queue.add("a")).resolves.toBeUndefined();
  });

  it("keeps the order asked for, and never does two things at once", async () => {
    const steps = fc.array(fc.boolean(), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(steps, async (kinds) => {
        const done: number[] = [];
        let running = 0;
        const once = async (items: readonly number[]) => {
          expect(++running).toBe(1);
          await Promise.resolve();
          done.push(...items);
          running--;
        };
        const queue = new BatchQueue<number>(once);
        await Promise.all(
          kinds.map((alone, step) => (alone ? queue.alone(() => once([step])) : queue.add(step))),
        );
        expect(done).toEqual(kinds.map((_, step) => step));
      }),
    );
  });
});
