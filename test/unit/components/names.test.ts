import { domainToUnicode } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDomainName, isMailboxAddress, isWithin, toAscii } from "../../../components/names";

describe("a domain name", () => {
  it.each(["example.org", "a.b", "mx1.xn--bcher-kva.example", "1.example.org", `${"a".repeat(63)}.org`])(
    "is %s",
    (name) => {
      expect(isDomainName(name)).toBe(true);
    },
  );

  it.each([
    "",
    "localhost",
    "example.org.",
    ".example.org",
    "a..b",
    "-a.org",
    "a-.org",
    "a_b.org",
    "EXAMPLE.org",
    "bücher.example",
    "192.0.2.1",
    "a b.org",
    "a.org\n",
    `${"a".repeat(64)}.org`,
    `${"a.".repeat(127)}org`,
  ])("is not %j", (name) => {
    expect(isDomainName(name)).toBe(false);
  });

  it("is within itself and the zones above it only", () => {
    expect(isWithin("mx1.example.org", "example.org")).toBe(true);
    expect(isWithin("example.org", "example.org")).toBe(true);
    expect(isWithin("example.org", "mx1.example.org")).toBe(false);
    expect(isWithin("notexample.org", "example.org")).toBe(false);
  });
});

describe("a mailbox address", () => {
  it.each(["alice@example.org", "alice.b-c_d@mail.example.org", "1@example.org"])("is %s", (address) => {
    expect(isMailboxAddress(address)).toBe(true);
  });

  it.each([
    "alice",
    "alice@",
    "@example.org",
    "alice@localhost",
    "a@b@example.org",
    "Alice@example.org",
    "alice+tag@example.org",
    ".alice@example.org",
    "alice.@example.org",
    "a..b@example.org",
    '"a b"@example.org',
    "alice@example.org\n",
    "ali:ce@example.org",
    `${"a".repeat(65)}@example.org`,
  ])("is not %j", (address) => {
    expect(isMailboxAddress(address)).toBe(false);
  });
});

describe("a name in any script", () => {
  // The results are those of another implementation: Python's idna.
  it.each([
    ["bücher.example", "xn--bcher-kva.example"],
    ["mx1.Bücher.Example", "mx1.xn--bcher-kva.example"],
    ["bu\u0308cher.example", "xn--bcher-kva.example"],
    ["faß.example", "xn--fa-hia.example"],
    ["βόλος.example", "xn--nxasmm1c.example"],
    ["παράδειγμα.δοκιμή", "xn--hxajbheg2az3al.xn--jxalpdlp"],
    ["пример.испытание", "xn--e1afmkfd.xn--80akhbyknj4f"],
    ["例え.テスト", "xn--r8jz45g.xn--zckzah"],
    ["例子.测试", "xn--fsqu00a.xn--0zwm56d"],
    ["مثال.إختبار", "xn--mgbh0fb.xn--kgbechtv"],
    ["דוגמה.טעסט", "xn--6dbbec0c.xn--deba0ad"],
    ["उदाहरण.परीक्षा", "xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g"],
    ["l·l.example", "xn--ll-0ea.example"],
    // With a zero-width joiner where it belongs: RFC 5892 appendix A.2.
    ["ශ්\u200dරී.example", "xn--10cl1a0b660p.example"],
  ])("%s is %s in DNS", (name, ascii) => {
    expect(toAscii(name)).toBe(ascii);
    expect(isDomainName(ascii)).toBe(true);
  });

  it.each([
    "example.org",
    "EXAMPLE.org",
    "xn--bcher-kva.example",
    "example.org.",
    "",
    "a b.org",
    "a_b.org",
    "-a.org",
  ])("that is ASCII already stays as it was typed, right or wrong: %j", (name) => {
    expect(toAscii(name)).toBe(name);
  });

  it.each([
    ["an emoji", "💌.example"],
    ["a snowman", "☃.example"],
    ["a space of another kind", "a\u00a0b.example"],
    ["a full stop of another kind", "example。org"],
    ["a soft hyphen", "exam\u00adple.org"],
    ["a joiner where none belongs", "a\u200db.example"],
    ["a mark that stands first", "\u0301a.example"],
    ["a label that is too long", `${"ü".repeat(63)}.example`],
  ])("is no domain name with %s", (_, name) => {
    expect(isDomainName(toAscii(name))).toBe(false);
  });

  const label = (letters: string) =>
    fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 12 });
  const name = fc
    .array(
      fc.oneof(
        label("abcxyz019äöüßéøłžı"),
        label("αβγδεςσώ"),
        label("абвгдежѓщ"),
        label("אבגדש"),
        label("ابتث"),
        label("例子测试漢字"),
        label("あいうえおテスト"),
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((labels) => [...labels, "example"].join("."));

  it("is one in DNS, which reads back as it was written, and is translated only once", () => {
    fc.assert(
      fc.property(name, (written) => {
        const ascii = toAscii(written);
        expect(isDomainName(ascii)).toBe(true);
        expect(domainToUnicode(ascii)).toBe(written);
        expect(toAscii(ascii)).toBe(ascii);
      }),
    );
  });

  it("is translated only once, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(toAscii(toAscii(text))).toBe(toAscii(text));
      }),
    );
  });
});
