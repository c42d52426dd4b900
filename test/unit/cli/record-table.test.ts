import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { allRecords, kindOf, recordTable } from "../../../cli/record-table";
import { reasons } from "../../../records/reasons";

describe("docs/records.md", () => {
  it("is what `npm run docs` writes", () => {
    expect(readFileSync(join(__dirname, "../../../docs/records.md"), "utf8")).toBe(recordTable());
  });

  it("gives the source, the default and the reason of every record, and of no other", () => {
    const kinds = new Set(Object.keys(allRecords()).map(kindOf));
    expect([...kinds].sort()).toEqual(Object.keys(reasons).sort());
  });
});
