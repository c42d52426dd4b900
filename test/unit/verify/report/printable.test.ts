import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printable, shortened } from "../../../../verify/report/printable";
import { anyText } from "./support/hostile";

describe("printable text", () => {
  for (const [what, text, shown] of [
    ["escape sequences", "\x1b[2J\x9b", "<U+001B>[2J<U+009B>"],
    ["marks that turn the direction", "a\u202eb\u2069", "a<U+202E>b<U+2069>"],
    ["what is invisible", "a\u200bb\u{e0041}", "a<U+200B>b<U+E0041>"],
    ["halves of characters", "\ud800a\udfff", "<U+D800>a<U+DFFF>"],
    ["a lone carriage return", "a\rb", "a<U+000D>b"],
  ] as const)
    it(`shows ${what} by code points`, () => {
      expect(printable(text)).toBe(shown);
    });

  it("keeps lines, tabs and every letter", () => {
    expect(printable("250 Ok\r\n\t\u00e9 \u05e9 \u4f60 \u{1f600}\n")).toBe(
      "250 Ok\n\t\u00e9 \u05e9 \u4f60 \u{1f600}\n",
    );
  });

  it("has nothing that is obeyed, whatever it is made of", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(printable(text).replace(/[\n\t]/g, "")).not.toMatch(
          /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u,
        );
        expect(printable(printable(text))).toBe(printable(text));
      }),
    );
  });
});

describe("shortened text", () => {
  it("tells how much is left out, and never cuts a character in two", () => {
    expect(shortened("abc", 3)).toBe("abc");
    expect(shortened("abcde", 3)).toBe("abc… (2 more characters)");
    expect(shortened("\u{1f600}\u{1f600}", 1)).toBe("\u{1f600}… (2 more characters)");
  });
});
