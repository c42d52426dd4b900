import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SpfSenders, spfSenders, unquoted } from "../../../records";
import { mailDomainRecords } from "../../../records/mail-domain";
import { plan } from "./support/plans";

describe("the senders of an SPF record", () => {
  it.each<[string, string, Partial<SpfSenders>]>([
    ["none", "v=spf1 -all", {}],
    ["an empty one", "v=spf1", {}],
    [
      "the usual ones",
      "v=spf1 a mx include:_spf.example.com ~all",
      { includes: ["_spf.example.com"], terms: ["a", "mx"] },
    ],
    [
      "addresses",
      "v=spf1 ip4:192.0.2.7 ip6:2001:db8::/64 -all",
      { addresses: ["192.0.2.7", "2001:db8::/64"] },
    ],
    [
      "with plus signs",
      "v=spf1 +mx +ip4:192.0.2.7 +include:a.example -all",
      { includes: ["a.example"], addresses: ["192.0.2.7"], terms: ["mx"] },
    ],
    [
      "in capitals",
      "V=SPF1 IP4:192.0.2.7 INCLUDE:a.example -ALL",
      { includes: ["a.example"], addresses: ["192.0.2.7"] },
    ],
    [
      "of other names and networks",
      "v=spf1 a:b.example a/24 mx:b.example/24//64 -all",
      { terms: ["a:b.example", "a/24", "mx:b.example/24//64"] },
    ],
    ["by a macro", "v=spf1 exists:%{ir}.b.example ptr -all", { terms: ["exists:%{ir}.b.example", "ptr"] }],
    ["of another record", "v=spf1 redirect=_spf.example.com", { includes: ["_spf.example.com"] }],
    ["that do not pass are left out", "v=spf1 -ip4:192.0.2.7 ?include:a.example ~mx -a all", {}],
    ["are told from what only begins like them", "v=spf1 all exp=e.example axe mxa ip4 include: -all", {}],
    [
      "with many spaces between",
      "  v=spf1   mx    ip4:192.0.2.7  ",
      { addresses: ["192.0.2.7"], terms: ["mx"] },
    ],
  ])("%s", (_, text, senders) => {
    expect(spfSenders(text)).toEqual({ includes: [], addresses: [], terms: [], ...senders });
  });
});

const host = fc.constantFrom("a.example", "_spf.example.com", "mx1.example.org");
const term = fc.oneof(
  fc.constantFrom("a", "mx", "+mx", "-ptr", "~all", "?a:c.example", "exp=why.example", "all"),
  host.map((name) => `include:${name}`),
  host.map((name) => `a:${name}`),
  host.map((name) => `redirect=${name}`),
  fc.constantFrom("ip4:192.0.2.7", "ip4:198.51.100.0/24", "ip6:2001:db8::/64"),
);

describe("an SPF record that is merged with ours", () => {
  const merged = (text: string, declared: readonly string[] = []) => {
    const { includes, addresses, terms } = spfSenders(text);
    const senders = {
      spfIncludes: [...declared, ...includes],
      spfAddresses: addresses,
      spfTerms: terms,
    };
    return unquoted(mailDomainRecords(plan(senders)).spf?.content ?? "");
  };

  it("is the same when it is merged again, run after run, with what was declared beside it", () => {
    fc.assert(
      fc.property(
        fc.array(term, { maxLength: 12 }),
        fc.subarray(["_spf.example.com", "relay.example.net"]),
        (terms, declared) => {
          const once = merged(["v=spf1", ...terms].join(" "), declared);
          expect(sorted(merged(once, declared))).toEqual(sorted(once));
          const again = merged(once, declared);
          expect(merged(again, declared)).toBe(again);
        },
      ),
    );
  });

  it("has every sender that it had, and the host", () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 12 }), (terms) => {
        const before = spfSenders(["v=spf1", ...terms].join(" "));
        const after = spfSenders(merged(["v=spf1", ...terms].join(" ")));
        const unique = <T>(values: readonly T[]) => [...new Set(values)];
        expect(after.includes).toEqual(unique(before.includes));
        expect(after.addresses).toEqual(unique(before.addresses));
        expect(after.terms).toEqual(unique(["a:mx1.example.org", ...before.terms]));
      }),
    );
  });
});

const sorted = (text: string) => text.split(" ").sort();
