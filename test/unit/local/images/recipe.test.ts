import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { recipeDigest, setupScript } from "../../../../local/images/recipe";

const dir = mkdtempSync(join(tmpdir(), "recipe-"));
afterAll(() => rmSync(dir, { recursive: true }));

describe("an image's recipe", () => {
  const recipe = { name: "x", packages: ["a"], files: { "/etc/f": "1" } };

  it("gives the image another name when anything in it or in its base changes", () => {
    const variants = [
      recipe,
      { ...recipe, packages: ["a", "b"] },
      { ...recipe, files: { "/etc/f": "2" } },
      { ...recipe, setup: "true" },
      { ...recipe, base: recipe },
      { ...recipe, base: { ...recipe, setup: "true" } },
    ];
    expect(new Set(variants.map(recipeDigest)).size).toBe(variants.length);
    expect(recipeDigest({ ...recipe })).toBe(recipeDigest(recipe));
  });

  it("lays files of any content, with the mode asked for", () => {
    const text = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\0"));
    fc.assert(
      fc.property(text, fc.constantFrom("600", "644", "755"), (content, mode) => {
        const path = join(dir, "it's a file");
        execFileSync("sh", [
          "-eu",
          "-c",
          setupScript({ name: "x", packages: [], files: { [path]: { text: content, mode } } }),
        ]);
        expect(readFileSync(path, "utf8")).toBe(content);
        expect((statSync(path).mode & 0o777).toString(8)).toBe(mode);
      }),
      { numRuns: 20 },
    );
  });

  it("stops at the first command that fails", () => {
    const script = setupScript({ name: "x", packages: [], setup: "false\ntrue" });
    expect(() => execFileSync("sh", ["-eu", "-c", script])).toThrow();
  });
});
