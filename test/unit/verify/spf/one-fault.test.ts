import { describe, expect, it } from "vitest";
import { dkim } from "../../../../verify/checks/dkim";
import { dmarc } from "../../../../verify/checks/dmarc";
import { spf } from "../../../../verify/checks/spf";
import { verify } from "../../../../verify/verify";
import { ed25519Key, rsaKey } from "../dkim/support";
import { subjectIn, type World } from "../support/world";
import type { Zone } from "../support/zone";

const rsa = `v=DKIM1; k=rsa; p=${rsaKey()}`;
const zone: Zone = {
  "example.com MX": ["10 mx.example.com"],
  "mx.example.com A": ["192.0.2.1"],
  "mx.example.com TXT": ["v=spf1 a -all"],
  "example.com TXT": ["proof=1", "v=spf1 mx include:example.net -all"],
  "example.net TXT": ["v=spf1 ip4:198.51.100.0/24 ?all"],
  "rsa1._domainkey.example.com TXT": [rsa],
  "ed1._domainkey.example.com TXT": [`v=DKIM1; k=ed25519; p=${ed25519Key()}`],
  "_dmarc.example.com TXT": [
    "v=DMARC1; p=reject; rua=mailto:postmaster@example.com,mailto:a@reports.example.org",
  ],
  "reports.example.org MX": ["10 mx.example.org"],
  "example.com._report._dmarc.reports.example.org TXT": ["v=DMARC1"],
};
const good: World = {
  zone,
  dkimSelectors: ["rsa1", "ed1"],
  expected: { hostname: "mx.example.com", addresses: ["192.0.2.1"], records: [] },
};

/** Runs the three groups in the good world with other records, and names the checks that complain. */
async function complaints(records: Zone, broken: readonly string[] = []): Promise<readonly string[]> {
  const subject = subjectIn({ ...good, zone: { ...zone, ...records }, broken });
  const { checks } = await verify(subject, [...spf, ...dkim, ...dmarc]);
  return checks.flatMap(({ id, outcome, evidence }) => {
    expect(evidence).not.toMatch(/The check itself broke/);
    expect(evidence.split("\n")[0]).toMatch(/[.?]$/);
    return outcome === "passed" || outcome === "not-applicable" ? [] : [id];
  });
}

const spfIs = (...records: string[]): Zone => ({ "example.com TXT": records });
const keyIs = (...records: string[]): Zone => ({ "rsa1._domainkey.example.com TXT": records });
const dmarcIs = (...records: string[]): Zone => ({ "_dmarc.example.com TXT": records });

/** What is wrong, and the one check that is to say so. */
const faults: readonly (readonly [string, string, Zone])[] = [
  ["there is no SPF record", "spf-exists", spfIs("proof=1")],
  ["the SPF record begins with a space", "spf-exists", spfIs(" v=spf1 mx -all")],
  ["there are two SPF records", "spf-single", spfIs("v=spf1 mx -all", "v=spf1 a -all")],
  ["an SPF term is misspelt", "spf-syntax", spfIs("v=spf1 mx ipv4:192.0.2.1 -all")],
  ["a space is missing before -all", "spf-syntax", spfIs("v=spf1 mx-all")],
  ["two strings of SPF meet without a space", "spf-syntax", spfIs('"v=spf1 mx" "include:example.net -all"')],
  ["SPF lets all pass", "spf-all", spfIs("v=spf1 mx +all")],
  ["SPF has no end", "spf-all", spfIs("v=spf1 mx")],
  ["what SPF includes lets all pass", "spf-all", { "example.net TXT": ["v=spf1 +all"] }],
  ["SPF takes twelve look-ups", "spf-lookups", spfIs(`v=spf1 ${"mx ".repeat(12)}-all`)],
  ["SPF includes itself", "spf-lookups", { "example.net TXT": ["v=spf1 include:example.com ?all"] }],
  [
    "three hosts of SPF are gone",
    "spf-void-lookups",
    spfIs("v=spf1 mx a:x.example.com a:y.example.com a:z.example.com -all"),
  ],
  ["what SPF includes is gone", "spf-includes", { "example.net TXT": [] }],
  ["what SPF includes is malformed", "spf-includes", { "example.net TXT": ["v=spf1 foo ?all"] }],
  ["SPF has another host", "spf-host", spfIs("v=spf1 ip4:198.51.100.1 -all")],
  ["SPF uses ptr", "spf-ptr", spfIs("v=spf1 mx ptr -all")],
  ["the SPF record is long", "spf-size", spfIs(`v=spf1 mx ${"ip4:192.0.2.1 ".repeat(40)}-all`)],
  ["the mail host has no SPF", "spf-helo", { "mx.example.com TXT": [] }],

  ["a DKIM key is gone", "dkim-key", keyIs()],
  ["the Ed25519 key is gone", "dkim-key", { "ed1._domainkey.example.com TXT": [] }],
  ["there are two keys", "dkim-single", keyIs(rsa, rsa)],
  ["there is a revoked key beside the key", "dkim-single", keyIs(rsa, "v=DKIM1; k=rsa; p=")],
  ["a key is cut short", "dkim-syntax", keyIs(rsa.slice(0, 255))],
  ["a key's semicolons are missing", "dkim-syntax", keyIs(rsa.replaceAll(";", ""))],
  ["a key is weak", "dkim-strength", keyIs(`v=DKIM1; p=${rsaKey(1024)}`)],
  ["a key is revoked", "dkim-revoked", keyIs("v=DKIM1; p=")],
  ["a key is marked as a test", "dkim-testing", keyIs(rsa.replace("k=rsa", "t=y"))],
  ["a key is for SHA-1", "dkim-hash", keyIs(rsa.replace("k=rsa", "h=sha1"))],
  ["a key is called by another algorithm", "dkim-hash", keyIs(rsa.replace("k=rsa", "k=ed25519"))],

  ["there is no DMARC record", "dmarc-exists", dmarcIs()],
  ["DMARC is in lower case", "dmarc-exists", dmarcIs("v=dmarc1; p=reject")],
  ["there are two DMARC records", "dmarc-single", dmarcIs("v=DMARC1; p=reject", "v=DMARC1; p=none")],
  ["the policy is misspelt", "dmarc-syntax", dmarcIs("v=DMARC1; p=refuse; rua=mailto:a@example.com")],
  ["a DMARC address lacks mailto:", "dmarc-syntax", dmarcIs("v=DMARC1; p=reject; rua=a@example.com")],
  ["the policy is none", "dmarc-policy", dmarcIs("v=DMARC1; p=none; rua=mailto:a@example.com")],
  [
    "subdomains are open",
    "dmarc-subdomains",
    dmarcIs("v=DMARC1; p=reject; sp=none; rua=mailto:a@example.com"),
  ],
  ["there are no reports", "dmarc-reports", dmarcIs("v=DMARC1; p=reject")],
  [
    "another domain has not agreed",
    "dmarc-external",
    { "example.com._report._dmarc.reports.example.org TXT": [] },
  ],
  [
    "another domain is gone",
    "dmarc-report-mx",
    { "reports.example.org MX": [], "example.com._report._dmarc.reports.example.org TXT": [] },
  ],
  [
    "the policy is for a part",
    "dmarc-removed-tags",
    dmarcIs("v=DMARC1; p=reject; pct=50; rua=mailto:a@example.com"),
  ],
  ["the policy is a test", "dmarc-testing", dmarcIs("v=DMARC1; p=reject; t=y; rua=mailto:a@example.com")],
];

describe("of the checks of SPF, DKIM and DMARC", () => {
  it("none complains of a good domain", async () => expect(await complaints({})).toEqual([]));

  for (const [what, id, records] of faults)
    it(`${id} alone complains when ${what}`, async () => expect(await complaints(records)).toEqual([id]));

  it("none says that anything failed when nobody answers", async () => {
    const subject = subjectIn({ ...good, broken: Object.keys(zone).map((key) => key.split(" ")[0] ?? "") });
    const { checks } = await verify(subject, [...spf, ...dkim, ...dmarc]);
    expect(
      checks.filter(({ outcome }) => outcome === "failed" || outcome === "warning").map(({ id }) => id),
    ).toEqual([]);
  });

  for (const unit of [" ", "\t", "; ", " mx", " include:a.b", ",", "%{", "!1"])
    it(`all end soon with records that are 64 KB of ${JSON.stringify(unit)}`, async () => {
      const fill = unit.repeat(64_000 / unit.length);
      const since = performance.now();
      await complaints({
        ...spfIs(`v=spf1 ${fill}x`),
        ...keyIs(`v=DKIM1; p=${fill}x`),
        ...dmarcIs(`v=DMARC1; p=reject; rua=${fill}x`),
      });
      expect(performance.now() - since).toBeLessThan(5000);
    });
});
