import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

  it("is for its owner only, and leaves no drafts", () => {
    const path = file();
    Store.open(path).put("zone", "a", zone);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(path, ".."))).toEqual(["store.json"]);
  });

  it("refuses a file of another format, and tells what to do", () => {
    const path = file();
    Store.open(path).put("zone", "a", zone);
    writeFileSync(path, readFileSync(path, "utf8").replace('"format":1', '"format":9'));
    expect(() => Store.open(path)).toThrow(
      /has format 9, this version reads 1\. Run "down" and start afresh/,
    );
  });
});
