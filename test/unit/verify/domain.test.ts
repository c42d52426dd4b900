import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { domainName } from "../../../verify/domain";

describe("the domain that someone types", () => {
  it.each([
    ["example.com", "example.com"],
    [" Example.COM. ", "example.com"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["xn--bcher-kva.example", "xn--bcher-kva.example"],
    ["例え.テスト", "xn--r8jz45g.xn--zckzah"],
    ["例え。テスト", "xn--r8jz45g.xn--zckzah"],
    ["例え．テスト｡", "xn--r8jz45g.xn--zckzah"],
    ["ドメイン・テスト.jp", "xn--eckzbwbjb8l5esc.jp"],
    ["نامه\u200cای.com", "xn--mgba3gch31f060k.com"],
    ["ב״ב.com", "xn--5dba8h.com"],
    ["_dmarc.example.com", "_dmarc.example.com"],
  ])("%j is %s", (typed, name) => {
    expect(domainName(typed)).toBe(name);
  });

  it.each([
    ["", /is empty/],
    ["exam ple.com", /has a space/],
    ["192.0.2.1", /is an address/],
    ["2001:db8::1", /is an address/],
    ["[192.0.2.1]", /is an address/],
    ["10.1", /is an address/],
    ["0x7f.1", /is an address/],
    ["𝟎", /is an address/],
    ["10。1", /is an address/],
    ["a\u200cb.com", /not a name/],
    ["https://example.com/", /is a URL/],
    ["alice@example.com", /is a mail address/],
    ["example", /top-level/],
    ["example..com", /not a name/],
    ["-example.com", /not a name/],
    ["exam!ple.com", /a character that no domain has/],
    [`${"a".repeat(64)}.com`, /too long/],
    [`${"a.".repeat(130)}com`, /too long/],
  ])("%j is refused, with what is wanted", (typed, why) => {
    expect(() => domainName(typed)).toThrow(why);
    expect(() => domainName(typed)).toThrow("Wanted is a mail domain, for example example.com.");
  });

  it("is either refused or a name that DNS can carry, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (typed) => {
        let name: string;
        try {
          name = domainName(typed);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        expect(name).toMatch(/^[a-z0-9_][a-z0-9_.-]{1,252}$/);
        expect(domainName(name)).toBe(name);
      }),
    );
  });
});
