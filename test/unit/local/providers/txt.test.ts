import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalizeTxt } from "../../../../local/providers/cloudflare/txt";

describe("a TXT record as Cloudflare keeps it", () => {
  for (const [given, kept] of [
    ["v=spf1 -all", '"v=spf1 -all"'],
    ['"v=spf1 -all"', '"v=spf1 -all"'],
    ['"one"   "two"', '"one" "two"'],
    [`"${"x".repeat(256)}"`, `"${"x".repeat(255)}" "x"`],
    ["x".repeat(510), `"${"x".repeat(255)}" "${"x".repeat(255)}"`],
    ['say "hi"', '"say \\"hi\\""'],
    ['"back\\\\slash \\"quoted\\""', '"back\\\\slash \\"quoted\\""'],
    ["café", '"caf\\195\\169"'],
    ['""', '""'],
  ] as const)
    it(`${given.slice(0, 30)} is kept as ${kept.slice(0, 30)}`, () => expect(normalizeTxt(given)).toBe(kept));

  it("is refused if its quotes do not pair up", () => {
    for (const broken of ['"open', '"one" two', '"one" "two']) expect(normalizeTxt(broken)).toBeUndefined();
  });

  it("stays as it is once it is kept, and no string has more than 255 bytes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 900 }), (text) => {
        const kept = normalizeTxt(text.replace(/^"+/, ""));
        expect(normalizeTxt(kept ?? "")).toBe(kept);
        for (const [, string = ""] of kept?.matchAll(/"((?:[^"\\]|\\.)*)"/g) ?? [])
          expect(string.replaceAll(/\\(\d{3}|.)/g, "x").length).toBeLessThanOrEqual(255);
      }),
    );
  });
});
