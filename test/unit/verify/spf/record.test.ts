import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMeantAsSpf, isSpf, parseSpf } from "../../../../verify/spf/record";

const broken: readonly (readonly [string, RegExp])[] = [
  ["v=spf1 mx-all", /"mx-all" is no mechanism/],
  ["v=spf1 mxinclude:example.net", /is a space missing/],
  ["v=spf1 ipv4:192.0.2.1 -all", /ip4: and ip6: are/],
  ["v=spf1 ip4:192.0.2.1,192.0.2.2 -all", /has no IPv4 address/],
  ["v=spf1 ip4:192.0.2 -all", /has no IPv4 address/],
  ["v=spf1 ip4:2001:db8::1 -all", /has no IPv4 address/],
  ["v=spf1 ip6:192.0.2.1 -all", /has no IPv6 address/],
  ["v=spf1 ip4 -all", /has no IPv4 address/],
  ["v=spf1 ip4:192.0.2.0/33 -all", /not 0 to 32/],
  ["v=spf1 ip4:192.0.2.0/024 -all", /not 0 to 32/],
  ["v=spf1 a/129 -all", /not 0 to 32/],
  ["v=spf1 a//129 -all", /not 0 to 128/],
  ["v=spf1 a: -all", /names no domain/],
  ["v=spf1 include -all", /names no domain/],
  ["v=spf1 include:localhost -all", /top-level domain/],
  ["v=spf1 a:192.0.2.1 -all", /top-level domain/],
  ["v=spf1 ptr/24 -all", /takes no prefix length/],
  ["v=spf1 -all;", /"-all;" is no mechanism/],
  ["v=spf1 \tmx -all", /"\\tmx" is no mechanism/],
  ["v=spf1 mx\u00a0-all", /"mx\u00a0-all" is no mechanism/],
  ["v=spf1 a:ex\u00e4mple.com -all", /not printable ASCII, U\+00E4/],
  ["v=spf1 \u2013all", /is no mechanism/],
  ["v=spf1 exists:%{x}.example.com -all", /% that begins no macro/],
  ["v=spf1 exists:%{i0}.example.com -all", /% that begins no macro/],
  ["v=spf1 exists:%i.example.com -all", /% that begins no macro/],
  ["v=spf1 redirect=a.example.com redirect=b.example.com", /is there twice/],
  ["v=spf1 redirect=", /names no domain/],
  ["v=spf1 all:example.com", /behind "all"/],
  ["v=spf1 -all=", /"-all=" is no mechanism/],
];

describe("an SPF record", () => {
  for (const [text, why] of broken)
    it(`is malformed as ${JSON.stringify(text)}`, () => {
      const { problems } = parseSpf(text);
      expect(problems).toHaveLength(1);
      expect(problems[0]?.message).toMatch(why);
      const at = problems[0]?.position ?? 0;
      expect(text.slice(0, at)).toMatch(/ $/);
    });

  it("tells all mistakes, each with its place", () => {
    const { problems } = parseSpf("v=spf1 ip4:1 mx -al");
    expect(problems.map(({ position }) => position)).toEqual([7, 16]);
  });

  for (const text of [
    "v=spf1",
    "V=SPF1 MX A:Mail.Example.Com -ALL",
    "v=spf1  mx   -all  ",
    "v=spf1 a:example.com./24//64 mx//64 ip6:2001:db8::/32 ip4:0.0.0.0/0 ?all",
    "v=spf1 exists:%{l1r+-}._spf.%{d2} include:_spf.%{D} redirect=%{o}",
    "v=spf1 exists:%%%_%-.%{ir}.example.com exp=why.%{d} -all",
    "v=spf1 a:foo_bar.example.com include:_netblocks.xn--p1ai -all",
    "v=spf1 a:a/b.example.com -all",
  ])
    it(`is well formed as "${text}"`, () => expect(parseSpf(text).problems).toEqual([]));

  it("is read term by term", () => {
    const { mechanisms, redirect } = parseSpf(
      "v=spf1 ~a:b.example.com/24//64 ip6:2001:db8::/32 redirect=%{d}.example.net",
    );
    expect(mechanisms).toEqual([
      {
        name: "a",
        qualifier: "~",
        domainSpec: "b.example.com",
        prefix4: 24,
        prefix6: 64,
        text: "~a:b.example.com/24//64",
      },
      {
        name: "ip6",
        qualifier: "+",
        address: "2001:db8::",
        prefix4: 32,
        prefix6: 32,
        text: "ip6:2001:db8::/32",
      },
    ]);
    expect(redirect).toBe("%{d}.example.net");
  });

  it("has terms without effect, which are no mistakes", () => {
    const { problems, idle, redirect } = parseSpf(
      "v=spf1 ipv4=192.0.2.1 a:https://example.com -all mx redirect=example.net",
    );
    expect([problems, redirect]).toEqual([[], undefined]);
    expect(idle.map(({ message }) => message)).toEqual([
      expect.stringMatching(/"ipv4=192\.0\.2\.1" is a modifier/),
      expect.stringMatching(/"a:https:.*names what no host is called/),
      expect.stringMatching(/mx stands behind "all"/),
      expect.stringMatching(/redirect= has no effect/),
    ]);
  });

  it("is told from other TXT records, and from what is only meant as one", () => {
    const good = ["v=spf1", "v=spf1 -all", "V=SPF1 -all"];
    const meant = [
      "v=spf1-all",
      '"v=spf1 -all"',
      " v=spf1 -all",
      "v=spf2 -all",
      "v=spf -all",
      "v = spf1 mx",
      "v=spf1;mx",
    ];
    const others = ["", "spf", "v=DMARC1; p=none", "google-site-verification=v=spf1", "xv=spf1"];
    expect(good.map(isSpf)).toEqual([true, true, true]);
    expect(meant.map((text) => [isSpf(text), isMeantAsSpf(text)])).toEqual(meant.map(() => [false, true]));
    expect(others.map((text) => isSpf(text) || isMeantAsSpf(text))).toEqual(others.map(() => false));
  });

  it("takes any text in, and points into it", () => {
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[ amxlip46:/.%{}d=+~?-]*$/));
    fc.assert(
      fc.property(text, (rest) => {
        for (const { position } of parseSpf(`v=spf1 ${rest}`).problems)
          expect(position).toBeLessThan(rest.length + 7);
      }),
    );
  });
});
