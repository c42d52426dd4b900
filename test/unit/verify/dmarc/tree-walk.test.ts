import { describe, expect, it } from "vitest";
import { discoverPolicy, organizationalDomain } from "../../../../verify/dmarc/policy";
import { subjectIn } from "../support/world";
import type { Zone } from "../support/zone";

const records = (policies: Readonly<Record<string, string>>): Zone =>
  Object.fromEntries(
    Object.entries(policies).map(([name, text]) => [`_dmarc.${name} TXT`, [`v=DMARC1; ${text}`]]),
  );

/** RFC 9989 section 4.10.2, and around it. */
const heads: readonly (readonly [string, Zone, string])[] = [
  ["a.mail.example.com", records({ "mail.example.com": "p=none", "example.com": "p=none" }), "example.com"],
  [
    "a.mail.example.com",
    records({ "mail.example.com": "p=none; psd=n", "example.com": "p=none" }),
    "mail.example.com",
  ],
  ["a.mail.example.com", records({ com: "p=none; psd=y" }), "example.com"],
  ["mail.example.com", records({ "example.com": "p=none; psd=y" }), "mail.example.com"],
  ["example.com", records({ "example.com": "p=none; psd=y" }), "example.com"],
  ["a.mail.example.com", {}, "a.mail.example.com"],
  [
    "mail.example.com",
    { ...records({}), "_dmarc.example.com TXT": ["v=DMARC1; p=none", "v=DMARC1; p=reject"] },
    "mail.example.com",
  ],
];

describe("the DNS tree walk", () => {
  for (const [domain, zone, head] of heads)
    it(`finds that ${head} heads ${domain}, with ${JSON.stringify(zone)}`, async () => {
      expect(await organizationalDomain(subjectIn({ zone }), domain)).toBe(head);
    });

  it("asks eight questions at most", async () => {
    const subject = subjectIn({});
    const asked: string[] = [];
    const dns = {
      ...subject.dns,
      query: ((name, type) => {
        asked.push(name);
        return subject.dns.query(name, type);
      }) as typeof subject.dns.query,
    };
    await organizationalDomain({ ...subject, dns }, "a.b.c.d.e.f.g.h.i.j.mail.example.com");
    expect(asked).toEqual(
      ["a.b.c.d.e.f.g.h.i.j.", "g.h.i.j.", "h.i.j.", "i.j.", "j.", ""]
        .map((left) => `_dmarc.${left}mail.example.com`)
        .concat("_dmarc.example.com", "_dmarc.com"),
    );
  });

  const policyOf = async (domain: string, zone: Zone) => {
    const found = await discoverPolicy(subjectIn({ domain, zone }));
    return found && [found.at, found.policy, found.inherited];
  };

  it("finds the policy of the domain itself, of its head, of its public suffix, or none", async () => {
    const zone = records({
      "own.example.com": "p=quarantine; sp=none",
      "example.com": "p=reject; sp=quarantine",
    });
    expect(await policyOf("own.example.com", zone)).toEqual(["own.example.com", "quarantine", false]);
    expect(await policyOf("a.own.example.com", zone)).toEqual(["example.com", "quarantine", true]);
    expect(await policyOf("b.example.com", zone)).toEqual(["example.com", "quarantine", true]);
    expect(await policyOf("b.example.net", records({ net: "p=reject; psd=y" }))).toEqual([
      "net",
      "reject",
      true,
    ]);
    expect(await policyOf("b.example.org", zone)).toBeUndefined();
  });
});
