import { describe, expect, it } from "vitest";
import { expand, isFixed, nibbles } from "../../../../verify/spf/macro";

const values = {
  sender: "strong-bad@email.example.com",
  domain: "email.example.com",
  ip: "192.0.2.3",
  helo: "mx.example.org",
  validatedName: async () => "mx.example.org",
};

/** RFC 7208 section 7.4. */
const examples = {
  "%{s}": "strong-bad@email.example.com",
  "%{o}": "email.example.com",
  "%{d}": "email.example.com",
  "%{d4}": "email.example.com",
  "%{d3}": "email.example.com",
  "%{d2}": "example.com",
  "%{d1}": "com",
  "%{dr}": "com.example.email",
  "%{d2r}": "example.email",
  "%{l}": "strong-bad",
  "%{l-}": "strong.bad",
  "%{lr}": "strong-bad",
  "%{lr-}": "bad.strong",
  "%{l1r-}": "strong",
  "%{ir}.%{v}._spf.%{d2}": "3.2.0.192.in-addr._spf.example.com",
  "%{lr-}.lp._spf.%{d2}": "bad.strong.lp._spf.example.com",
  "%{lr-}.lp.%{ir}.%{v}._spf.%{d2}": "bad.strong.lp.3.2.0.192.in-addr._spf.example.com",
  "%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}": "3.2.0.192.in-addr.strong.lp._spf.example.com",
  "%{d2}.trusted-domains.example.net": "example.com.trusted-domains.example.net",
  "%{S}.%{h}.%{p}.%%.%_.%-": "strong-bad%40email.example.com.mx.example.org.mx.example.org.%. .%20",
};

describe("the macros of SPF", () => {
  for (const [text, name] of Object.entries(examples))
    it(`expand ${text}`, async () => expect(await expand(text, values)).toBe(name));

  it("expand an IPv6 address digit by digit", async () => {
    const digits = "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2";
    const name = await expand("%{ir}.%{v}._spf.%{d2}", { ...values, ip: "2001:DB8::CB01" });
    expect(name).toBe(`${digits}.ip6._spf.example.com`);
    expect(nibbles("::ffff:192.0.2.3")).toBe("00000000000000000000ffffc0000203");
  });

  it("leave labels out at the left of what is too long for a name", async () => {
    const long = `${"a".repeat(63)}.`.repeat(5);
    const name = await expand(`${long}%{d}`, values);
    expect(name.length).toBeLessThanOrEqual(253);
    expect(name.endsWith("a.email.example.com")).toBe(true);
  });

  it("are the same for every sender where only the domain is meant", () => {
    expect(["a.example.com", "%{d2}.example.com", "%{d}%%", "%{i}.example.com", "%{h}"].map(isFixed)).toEqual(
      [true, true, true, false, false],
    );
  });
});
