import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkHost } from "../../../../verify/spf/evaluate";
import { type Zone, zoneResolver } from "../support/zone";
import { judge } from "./support";

/** RFC 7208 appendix A. */
const appendix: Zone = {
  "example.com MX": ["10 mail-a.example.com", "20 mail-b.example.com"],
  "example.com A": ["192.0.2.10", "192.0.2.11"],
  "amy.example.com A": ["192.0.2.65"],
  "bob.example.com A": ["192.0.2.66"],
  "mail-a.example.com A": ["192.0.2.129"],
  "mail-b.example.com A": ["192.0.2.130"],
  "www.example.com CNAME": ["example.com"],
  "example.org MX": ["10 mail-c.example.org"],
  "mail-c.example.org A": ["192.0.2.140"],
  "10.2.0.192.in-addr.arpa PTR": ["example.com"],
  "65.2.0.192.in-addr.arpa PTR": ["amy.example.com"],
  "140.2.0.192.in-addr.arpa PTR": ["mail-c.example.org"],
  "4.0.0.10.in-addr.arpa PTR": ["bob.example.com"],
};
const all = ["10", "11", "65", "66", "129", "130", "131", "140", "141", "144"].map(
  (last) => `192.0.2.${last}`,
);
const passing: readonly (readonly [string, readonly string[]])[] = [
  ["v=spf1 +all", all],
  ["v=spf1 a -all", ["192.0.2.10", "192.0.2.11"]],
  ["v=spf1 a:example.org -all", []],
  ["v=spf1 mx -all", ["192.0.2.129", "192.0.2.130"]],
  ["v=spf1 mx:example.org -all", ["192.0.2.140"]],
  ["v=spf1 mx mx:example.org -all", ["192.0.2.129", "192.0.2.130", "192.0.2.140"]],
  [
    "v=spf1 mx/30 mx:example.org/30 -all",
    ["192.0.2.129", "192.0.2.130", "192.0.2.131", "192.0.2.140", "192.0.2.141"],
  ],
  ["v=spf1 ptr -all", ["192.0.2.10", "192.0.2.65"]],
  [
    "v=spf1 ip4:192.0.2.128/28 -all",
    ["192.0.2.129", "192.0.2.130", "192.0.2.131", "192.0.2.140", "192.0.2.141"],
  ],
];

describe("SPF as a receiver evaluates it", () => {
  for (const [record, expected] of passing)
    it(`does with "${record}" what RFC 7208 appendix A.1 says`, async () => {
      const dns = zoneResolver({ ...appendix, "example.com TXT": [record] });
      for (const ip of [...all, "10.0.0.4"]) {
        const from = { ip, helo: "mail.example.net", mailFrom: "amy@example.com" };
        const { result } = await checkHost(dns, from);
        expect(`${ip} ${result}`).toBe(`${ip} ${await judge(dns, from)}`);
        if (record !== "v=spf1 +all") expect(result).toBe(expected.includes(ip) ? "pass" : "fail");
      }
    });

  it("includes and redirects as in appendix A.2", async () => {
    const dns = zoneResolver({
      ...appendix,
      "example.com TXT": ["v=spf1 mx -all"],
      "example.net TXT": ["v=spf1 ip4:198.51.100.1 -all"],
      "example.org TXT": ["v=spf1 include:example.com include:example.net -all"],
      "la.example.org TXT": ["v=spf1 redirect=example.org"],
    });
    for (const [ip, result] of [
      ["192.0.2.129", "pass"],
      ["198.51.100.1", "pass"],
      ["198.51.100.2", "fail"],
    ] as const)
      for (const mailFrom of ["amy@example.org", "amy@la.example.org"])
        expect((await checkHost(dns, { ip, helo: "x.example.net", mailFrom })).result).toBe(result);
  });

  it("asks for each user as in appendix A.3", async () => {
    const dns = zoneResolver({
      "example.com TXT": ["v=spf1 include:mobile-users._spf.%{d} include:remote-users._spf.%{d} -all"],
      "mobile-users._spf.example.com TXT": ["v=spf1 exists:%{l1r+}.%{d}"],
      "mary.mobile-users._spf.example.com A": ["127.0.0.2"],
      "remote-users._spf.example.com TXT": ["v=spf1 exists:%{ir}.%{l1r+}.%{d}"],
      "15.15.168.192.joel.remote-users._spf.example.com A": ["127.0.0.2"],
    });
    for (const [mailFrom, result] of [
      ["mary+list@example.com", "pass"],
      ["joel@example.com", "pass"],
      ["fred@example.com", "fail"],
    ] as const)
      expect((await checkHost(dns, { ip: "192.168.15.15", helo: "x.example.net", mailFrom })).result).toBe(
        result,
      );
  });

  const ask = (zone: Zone, more: { ip?: string; broken?: readonly string[] } = {}) =>
    checkHost(zoneResolver(zone, { broken: more.broken }), {
      ip: more.ip ?? "192.0.2.1",
      helo: "mail.example.net",
      mailFrom: "amy@example.com",
    });
  const includes = (count: number): Zone => ({
    "example.com TXT": [
      `v=spf1 ${Array.from({ length: count }, (_, i) => `include:i${i}.example.net`).join(" ")} -all`,
    ],
    ...Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`i${i}.example.net TXT`, ["v=spf1 -all"]]),
    ),
  });

  it("gives up at the eleventh look-up", async () => {
    expect(await ask(includes(10))).toMatchObject({ result: "fail", lookups: 10 });
    expect(await ask(includes(11))).toMatchObject({ result: "permerror", reason: /more than 10 look-ups/ });
  });

  it("gives up at the third look-up that leads to nothing", async () => {
    const zone = (terms: string) => ({
      "example.com TXT": [`v=spf1 ${terms} -all`],
      "v6.example.net AAAA": ["2001:db8::1"],
    });
    expect(await ask(zone("a:x.example.net exists:y.example.net"))).toMatchObject({
      result: "fail",
      voidLookups: 2,
    });
    expect((await ask(zone("a:x.example.net mx:y.example.net a:z.example.net"))).result).toBe("permerror");
    // A host of the other address family is there.
    expect(await ask(zone("a:v6.example.net a:v6.example.net a:v6.example.net"))).toMatchObject({
      result: "fail",
    });
  });

  it("gives up at the eleventh mail host", async () => {
    const hosts = Array.from({ length: 11 }, (_, i) => `${i} mx${i}.example.com`);
    const zone = (count: number) => ({
      "example.com TXT": ["v=spf1 mx -all"],
      "example.com MX": hosts.slice(0, count),
    });
    expect((await ask(zone(10))).result).toBe("fail");
    expect((await ask(zone(11))).result).toBe("permerror");
  });

  it("ends with records that lead in a circle", async () => {
    const zone = {
      "example.com TXT": ["v=spf1 include:b.example.com"],
      "b.example.com TXT": ["v=spf1 redirect=example.com"],
    };
    expect((await ask(zone)).result).toBe("permerror");
  });

  it("puts off what the name servers do not answer", async () => {
    const zone = { "example.com TXT": ["v=spf1 include:x.example.net -all"] };
    expect(await ask(zone, { broken: ["x.example.net"] })).toMatchObject({
      result: "temperror",
      reason: /x\.example\.net TXT/,
    });
    expect((await ask(zone, { broken: ["example.com"] })).result).toBe("temperror");
  });

  it("takes an IPv4 address inside an IPv6 one for IPv4", async () => {
    expect(
      (await ask({ "example.com TXT": ["v=spf1 ip4:192.0.2.1 -all"] }, { ip: "::ffff:192.0.2.1" })).result,
    ).toBe("pass");
  });

  it("checks the name in HELO where there is no sender", async () => {
    const dns = zoneResolver({ "mx.example.com TXT": ["v=spf1 a -all"], "mx.example.com A": ["192.0.2.1"] });
    expect(await checkHost(dns, { ip: "192.0.2.1", helo: "mx.example.com" })).toMatchObject({
      result: "pass",
    });
    expect(await checkHost(dns, { ip: "192.0.2.1", helo: "localhost" })).toMatchObject({ result: "none" });
  });

  it("agrees with another implementation on records of every kind", async () => {
    const domains = ["example.com", "b.example.com", "c.example.org", "d.example.org", "e.example.net"];
    const domain = fc.constantFrom(...domains);
    const v4 = fc.constantFrom("192.0.2.1", "192.0.2.2", "192.0.2.130", "198.51.100.7");
    const v6 = fc.constantFrom("2001:db8::1", "2001:db8::2:1");
    const prefix = fc.constantFrom("", "/24", "/25", "/32", "/0");
    const prefixes = fc.constantFrom("", "/24", "//64", "/28//128", "//0");
    const mechanism = fc.oneof(
      fc.tuple(v4, prefix).map(([address, length]) => `ip4:${address}${length}`),
      v6.map((address) => `ip6:${address}/120`),
      fc
        .tuple(fc.constantFrom("a", "mx"), domain, prefixes)
        .map(([name, at, length]) => `${name}:${at}${length}`),
      fc.tuple(fc.constantFrom("a", "mx", "A", "Mx"), prefixes).map(([name, length]) => `${name}${length}`),
      domain.map((at) => `include:${at}`),
      domain.map((at) => `exists:%{i}.%{d2}.${at}`),
      domain.map((at) => `exists:${at}`),
      fc.constantFrom("all", "ptr:b.example.com", "ptr:example.org", "a:nowhere.example.com", "unknown"),
    );
    const term = fc.tuple(fc.constantFrom("", "+", "-", "~", "?"), mechanism).map((parts) => parts.join(""));
    const end = fc.oneof(
      fc.constantFrom("", "-all", "~all"),
      domain.map((at) => `redirect=${at}`),
    );
    const record = fc
      .tuple(fc.array(term, { maxLength: 4 }), end)
      .map(([terms, last]) => ["v=spf1", ...terms, last].filter(Boolean).join(" "));
    const node = fc.record({
      TXT: fc.oneof(
        { weight: 5, arbitrary: fc.tuple(record) },
        { weight: 1, arbitrary: fc.constantFrom([], ["v=spf1 a", "v=spf1 mx"]) },
      ),
      A: fc.array(v4, { maxLength: 2 }),
      AAAA: fc.array(v6, { maxLength: 1 }),
      MX: fc.array(
        domain.map((at) => `10 ${at}`),
        { maxLength: 2 },
      ),
    });
    const world = fc
      .array(node, { minLength: domains.length, maxLength: domains.length })
      .map((nodes) =>
        Object.fromEntries(
          nodes.flatMap((records, i) =>
            Object.entries(records).flatMap(([type, values]) =>
              values.length > 0 ? [[`${domains[i]} ${type}`, values]] : [],
            ),
          ),
        ),
      );
    await fc.assert(
      fc.asyncProperty(world, fc.oneof(v4, v6), async (zone, ip) => {
        const dns = zoneResolver({
          ...zone,
          "1.2.0.192.in-addr.arpa PTR": ["c.example.org", "b.example.com"],
        });
        const from = { ip, helo: "mail.example.net", mailFrom: "amy@example.com" };
        const { result, lookups } = await checkHost(dns, from);
        // It counts some look-ups otherwise; the limit has tests of its own.
        fc.pre(lookups <= 10);
        expect(result).toBe(await judge(dns, from));
      }),
      { numRuns: 500 },
    );
  });
});
