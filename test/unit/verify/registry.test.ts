import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkTable } from "../../../cli/verify/table";
import { checks } from "../../../verify/checks";
import { severities } from "../../../verify/outcome";

const folder = join(__dirname, "../../../verify/checks");
const groups = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  // The longest first: mta-sts before a group mta.
  .sort((a, b) => b.length - a.length);

/** Where an id says that its check is: the group's folder, and the file. */
function placeOf(id: string): { group: string; file: string } {
  const group = groups.find((name) => id.startsWith(`${name}-`)) ?? "";
  return { group, file: id.slice(group.length + 1) };
}

describe("the checks", () => {
  it("are listed in docs/checks.md, which `npm run docs` writes", () => {
    expect(readFileSync(join(__dirname, "../../../docs/checks.md"), "utf8")).toBe(checkTable());
  });

  it("have ids of their own", () => {
    const ids = checks.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it("are all in the list", () => {
    const files = groups.flatMap((group) =>
      readdirSync(join(folder, group))
        .filter((file) => file.endsWith(".ts") && file !== "index.ts")
        .map((file) => `${group}-${file.replace(/\.ts$/, "")}`),
    );
    expect(checks.map(({ id }) => id).sort()).toEqual(files.sort());
  });

  for (const check of checks) {
    const { group, file } = placeOf(check.id);
    describe(check.id, () => {
      it("says what it asks, on whose word, and how much harm its failure does", () => {
        expect(check.title).toMatch(/^[^.]{4,70}$/);
        expect(check.asks).toMatch(/\w.*\.$/s);
        expect(check.source).toMatch(/\w{2}/);
        expect(severities).toContain(check.severity);
      });

      it("is shown in its own test, good and bad", () => {
        const test = join(__dirname, group, `${file}.test.ts`);
        expect(existsSync(test), test).toBe(true);
        expect(readFileSync(test, "utf8")).toContain("describeCheck(");
      });
    });
  }
});
