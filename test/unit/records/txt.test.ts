import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoteTxt, txtRecord } from "../../../records";
import { printable, unquote } from "./support/presentation";

describe("a TXT record", () => {
  it("is written as one quoted string", () => {
    expect(txtRecord("example.org", "v=spf1 mx -all")).toEqual({
      name: "example.org",
      type: "TXT",
      ttl: 3600,
      content: '"v=spf1 mx -all"',
    });
  });

  it("is split after 255 bytes, with one space between the strings", () => {
    expect(quoteTxt("a".repeat(255))).toBe(`"${"a".repeat(255)}"`);
    expect(quoteTxt("a".repeat(256))).toBe(`"${"a".repeat(255)}" "a"`);
  });

  it("escapes quotes and backslashes, which do not count as two bytes", () => {
    expect(quoteTxt('say "\\"')).toBe('"say \\"\\\\\\""');
    expect(quoteTxt('"'.repeat(255))).toBe(`"${'\\"'.repeat(255)}"`);
  });

  it("of an empty text is one empty string", () => {
    expect(quoteTxt("")).toBe('""');
  });

  it("of any printable text reads back as the same text, in strings of at most 255 bytes", () => {
    fc.assert(
      fc.property(printable({ maxLength: 1200 }), (text) => {
        const strings = unquote(quoteTxt(text));
        expect(strings.join("")).toBe(text);
        expect(strings.every((string) => string.length <= 255)).toBe(true);
        expect(strings.slice(0, -1).every((string) => string.length === 255)).toBe(true);
      }),
    );
  });

  it("refuses what does not survive every resolver, or Cloudflare's limit of 4096", () => {
    expect(() => quoteTxt("naïve")).toThrow(/printable ASCII only, got "naïve"/);
    expect(() => quoteTxt("a\nb")).toThrow(RangeError);
    expect(() => quoteTxt("a".repeat(4097))).toThrow(/at most 4096 characters, got 4097/);
  });
});
