import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type MailHostPlan,
  mailDomainRecords,
  mailHostRecords,
  parkedDomainRecords,
  zoneFile,
} from "../../../records";
import { choices, domainName } from "./support/plans";

const letsEncrypt = { identity: "letsencrypt.org" };
const host = { hostname: "mx1.example.org", issuer: letsEncrypt, contact: "alice@example.org" };
const published = (plan: MailHostPlan) =>
  zoneFile(Object.values(mailHostRecords(plan)))
    .trimEnd()
    .split("\n");

describe("what is published for a mail host", () => {
  it("lets bounces pass, and one authority issue its certificates by one way", () => {
    expect(published(host)).toEqual([
      'mx1.example.org. 3600 IN TXT "v=spf1 a -all"',
      'mx1.example.org. 3600 IN CAA 0 issue "letsencrypt.org; validationmethods=http-01"',
      'mx1.example.org. 3600 IN CAA 0 issuewild ";"',
      'mx1.example.org. 3600 IN CAA 0 issuemail ";"',
      'mx1.example.org. 3600 IN CAA 0 iodef "mailto:alice@example.org"',
    ]);
  });

  it("limits that to one ACME account when it is named", () => {
    const accountUri = "https://acme-v02.api.letsencrypt.org/acme/acct/1";
    expect(published({ ...host, issuer: { ...letsEncrypt, accountUri } })).toContain(
      `mx1.example.org. 3600 IN CAA 0 issue "letsencrypt.org; validationmethods=http-01; accounturi=${accountUri}"`,
    );
  });

  it("says nothing of certificates where nobody knows how the authority calls itself", () => {
    expect(published({ ...host, issuer: undefined })).toEqual([
      'mx1.example.org. 3600 IN TXT "v=spf1 a -all"',
    ]);
  });

  it("leaves to the domain of the same name what that says already", () => {
    expect(Object.keys(mailHostRecords({ ...host, domain: { limitsIssuers: false } }))).toEqual([
      "caa-issue",
      "caa-issuewild",
    ]);
    expect(Object.keys(mailHostRecords({ ...host, domain: { limitsIssuers: true } }))).toEqual(["caa-issue"]);
  });
});

/** Domains, all different; the host is named as one of them, below one, or by a name of its own. */
const server = fc
  .uniqueArray(domainName, { minLength: 2, maxLength: 5 })
  .chain(([parked = "", first = "", ...others]) =>
    fc.record({
      parked: fc.constant(parked),
      domains: fc.tuple(
        ...[first, ...others].map((domain) => choices.map((chosen) => ({ ...chosen, domain }))),
      ),
      hostname: fc.constantFrom(first, `mx1.${first}`, "host.elsewhere.example"),
    }),
  );

describe("the records of a whole server", () => {
  it("are all different, as Cloudflare takes none twice, and SPF and DMARC are said once a name", () => {
    fc.assert(
      fc.property(server, ({ parked, domains, hostname }) => {
        const same = domains.find(({ domain }) => domain === hostname);
        const records = [
          mailHostRecords({
            hostname,
            issuer: letsEncrypt,
            contact: `postmaster@${hostname}`,
            domain: same && { limitsIssuers: same.caaIssuers !== undefined },
          }),
          ...domains.map((domain) => mailDomainRecords({ ...domain, hostname })),
          parkedDomainRecords(parked),
        ].flatMap((named) => Object.values(named));
        const lines = records.map((record) => zoneFile([record]));
        expect(lines.filter((line, i) => lines.indexOf(line) !== i)).toEqual([]);
        const policies = records
          .filter(({ content }) => /^"v=(spf1|DMARC1)/.test(content))
          .map(({ name, content }) => `${name} ${content.slice(0, 7)}`);
        expect(policies.filter((policy, i) => policies.indexOf(policy) !== i)).toEqual([]);
      }),
    );
  });
});
