import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTagList, txtLine } from "../../../../verify/tag-list";

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}$/);
const value = fc.stringMatching(/^[!-:<-~]{1,20}( [!-:<-~]{1,9})?$/);
const space = fc.constantFrom("", " ", "\t", "\r\n ");

describe("a tag list", () => {
  it("has the tags that were written, whatever white space is between them", () => {
    const tags = fc.uniqueArray(fc.tuple(name, value), { minLength: 1, maxLength: 6, selector: ([n]) => n });
    fc.assert(
      fc.property(tags, space, fc.constantFrom("", ";", " ; "), (written, gap, end) => {
        const text = written.map(([n, v]) => `${gap}${n}${gap}=${gap}${v}${gap}`).join(";") + end;
        expect(parseTagList(text)).toEqual({ tags: new Map(written), problems: [] });
      }),
    );
  });

  it("takes any text in, and points into it", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[a=; "\\é]*$/)), (text) => {
        for (const { position } of parseTagList(text).problems) {
          expect(position).toBeGreaterThanOrEqual(0);
          expect(position).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  it("tells all that is wrong and where", () => {
    const { tags, problems } = parseTagList("v=X1; ; k; a=1;a=2; b=\u201cq\u201d");
    expect(problems).toEqual([
      { position: 6, message: "there is nothing before a semicolon" },
      { position: 8, message: '"k" is no tag=value' },
      { position: 15, message: "the tag a= is there twice" },
      { position: 22, message: 'the character U+201C in "b=\u201cq\u201d" is not printable ASCII' },
    ]);
    expect(tags.get("a")).toBe("1");
  });
});

describe("a TXT record for a zone file", () => {
  it("has strings of at most 255 characters that join to the value", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{0,600}$/), (text) => {
        const strings = [...txtLine("example.com", text).matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) =>
          (match[1] ?? "").replace(/\\(.)/g, "$1"),
        );
        expect(strings.join("")).toBe(text);
        expect(strings.every((string) => string.length <= 255)).toBe(true);
      }),
    );
  });
});
