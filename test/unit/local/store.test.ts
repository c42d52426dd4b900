import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { Store } from "../../../local/store";

const root = mkdtempSync(join(tmpdir(), "pms-store-"));
afterAll(() => rmSync(root, { recursive: true }));

const file = () => join(mkdtempSync(join(root, "cloud-")), "state", "store.json");
const zone = {
  config: { account: { id: "a" }, name: "new.test" },
  facts: { created: "2026-01-01T00:00:00Z" },
};

describe("the store", () => {
  it("gives back after a restart what was put into it, in the order in which it came", () => {
    const path = file();
    const store = Store.open(path);
    for (const id of ["b", "a", "c"]) store.put("zone", id, zone);
    store.remove("zone", "a");
    expect(Store.open(path).all("zone")).toEqual([
      ["b", zone],
      ["c", zone],
    ]);
    expect(Store.open(path).size).toBe(2);
  });

  it("gives back any sequence of changes, wherever it was opened between", () => {
    const id = fc.constantFrom("a", "b", "c");
    const name = fc.string({ unit: "grapheme" });
    const change = fc.record({ id, name: fc.option(name), reopen: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const path = file();
        let store = Store.open(path);
        for (const { id, name, reopen } of changes) {
          if (name === null) store.remove("zone", id);
          else store.put("zone", id, { ...zone, config: { ...zone.config, name } });
          if (!reopen) continue;
          const before = store.all("zone");
          store = Store.open(path);
          expect(store.all("zone")).toEqual(before);
        }
        expect(Store.open(path).all("zone")).toEqual(store.all("zone"));
      }),
      { numRuns: 50 },
    );
  });

  it("forgets a change that was cut short, and nothing else", () => {
    const path = file();
    const store = Store.open(path);
    for (const id of ["a", "b", "c"]) store.put("zone", id, zone);
    const whole = readFileSync(path, "utf8");
    writeFileSync(path, whole.slice(0, -10));
    const again = Store.open(path);
    expect(again.all("zone").map(([id]) => id)).toEqual(["a", "b"]);
    again.put("zone", "d", zone);
    expect(Store.open(path).size).toBe(3);
  });

  it("does not grow with every change of the same", () => {
    const path = file();
    const store = Store.open(path);
    for (let time = 0; time < 5000; time++) store.put("zone", "a", zone);
    expect(statSync(path).size).toBeLessThan(1100 * JSON.stringify(["zone", "a", zone]).length);
  });

  it("is for its owner only, and leaves no drafts", () => {
    const path = file();
    Store.open(path).put("zone", "a", zone);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(path, ".."))).toEqual(["store.json"]);
  });

  it("refuses a file of another format, and tells what to do", () => {
    const path = file();
    Store.open(path).put("zone", "a", zone);
    writeFileSync(path, readFileSync(path, "utf8").replace('"format":2', '"format":9'));
    expect(() => Store.open(path)).toThrow(
      /has format 9, this version reads 2\. Run "down" and start afresh/,
    );
  });
});
