import { describe, expect, it } from "vitest";
import {
  type MailDomainPlan,
  mailDomainRecords,
  parkedDomainRecords,
  policyOf,
  zoneFile,
} from "../../../records";
import { plan } from "./support/plans";

const published = (changes: Partial<MailDomainPlan> = {}) =>
  zoneFile(Object.values(mailDomainRecords(plan(changes))))
    .trimEnd()
    .split("\n");
const policy = (changes: Partial<MailDomainPlan>) => policyOf(plan(changes)).split("\r\n");

describe("what is published for a domain", () => {
  it("of which nothing is said but its name", () => {
    expect(published()).toEqual([
      "example.org. 3600 IN MX 10 mx1.example.org.",
      'example.org. 3600 IN TXT "v=spf1 a:mx1.example.org -all"',
      '_dmarc.example.org. 3600 IN TXT "v=DMARC1; p=reject; rua=mailto:postmaster@example.org"',
      '_mta-sts.example.org. 3600 IN TXT "v=STSv1; id=3d852d19e986e0d1fa19880a4c624787"',
      '_smtp._tls.example.org. 3600 IN TXT "v=TLSRPTv1; rua=mailto:postmaster@example.org"',
      "mta-sts.example.org. 3600 IN CNAME mx1.example.org.",
      "autoconfig.example.org. 3600 IN CNAME mx1.example.org.",
      "autodiscover.example.org. 3600 IN CNAME mx1.example.org.",
      "_submissions._tcp.example.org. 3600 IN SRV 0 1 465 mx1.example.org.",
      "_submission._tcp.example.org. 3600 IN SRV 0 1 587 mx1.example.org.",
      "_imaps._tcp.example.org. 3600 IN SRV 0 1 993 mx1.example.org.",
      "_sieve._tcp.example.org. 3600 IN SRV 0 1 4190 mx1.example.org.",
      "_imap._tcp.example.org. 3600 IN SRV 0 0 0 .",
      "_pop3._tcp.example.org. 3600 IN SRV 0 0 0 .",
      "_pop3s._tcp.example.org. 3600 IN SRV 0 0 0 .",
      'example.org. 3600 IN CAA 0 issuemail ";"',
      'example.org. 3600 IN CAA 0 iodef "mailto:postmaster@example.org"',
    ]);
    expect(policy({})).toEqual([
      "version: STSv1",
      "mode: enforce",
      "mx: mx1.example.org",
      "max_age: 1209600",
      "",
    ]);
  });

  it("of which everything is said otherwise", () => {
    expect(
      published({
        domain: "lists.example.net",
        hasMx: false,
        spfIncludes: ["_spf.example.com", "relay.example.com"],
        spfAddresses: ["192.0.2.7", "2001:db8::/64"],
        spfTerms: ["mx", "a:old.example.net"],
        dmarcPolicy: "quarantine",
        dmarcReports: ["dmarc@example.org", "dmarc@example.com"],
        dmarcReportsOf: ["example.org"],
        mtaSts: "none",
        tlsReports: ["tls@example.org", "tls@example.com"],
        caaIssuers: ["letsencrypt.org", "sectigo.com"],
        bimi: { logo: "https://example.net/logo.svg", certificate: "https://example.net/vmc.pem" },
      }),
    ).toEqual([
      'lists.example.net. 3600 IN TXT "v=spf1 a:mx1.example.org ip4:192.0.2.7 ip6:2001:db8::/64 mx a:old.example.net include:_spf.example.com include:relay.example.com -all"',
      '_dmarc.lists.example.net. 3600 IN TXT "v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org,mailto:dmarc@example.com"',
      'example.org._report._dmarc.lists.example.net. 3600 IN TXT "v=DMARC1"',
      '_mta-sts.lists.example.net. 3600 IN TXT "v=STSv1; id=cf78ac1e0149aadaeca0bbbaa1e2fd92"',
      '_smtp._tls.lists.example.net. 3600 IN TXT "v=TLSRPTv1; rua=mailto:tls@example.org,mailto:tls@example.com"',
      "mta-sts.lists.example.net. 3600 IN CNAME mx1.example.org.",
      "autoconfig.lists.example.net. 3600 IN CNAME mx1.example.org.",
      "autodiscover.lists.example.net. 3600 IN CNAME mx1.example.org.",
      "_submissions._tcp.lists.example.net. 3600 IN SRV 0 1 465 mx1.example.org.",
      "_submission._tcp.lists.example.net. 3600 IN SRV 0 1 587 mx1.example.org.",
      "_imaps._tcp.lists.example.net. 3600 IN SRV 0 1 993 mx1.example.org.",
      "_sieve._tcp.lists.example.net. 3600 IN SRV 0 1 4190 mx1.example.org.",
      "_imap._tcp.lists.example.net. 3600 IN SRV 0 0 0 .",
      "_pop3._tcp.lists.example.net. 3600 IN SRV 0 0 0 .",
      "_pop3s._tcp.lists.example.net. 3600 IN SRV 0 0 0 .",
      'lists.example.net. 3600 IN CAA 0 issue "letsencrypt.org"',
      'lists.example.net. 3600 IN CAA 0 issue "sectigo.com"',
      'lists.example.net. 3600 IN CAA 0 issuewild ";"',
      'lists.example.net. 3600 IN CAA 0 issuemail ";"',
      'lists.example.net. 3600 IN CAA 0 iodef "mailto:postmaster@lists.example.net"',
      'default._bimi.lists.example.net. 3600 IN TXT "v=BIMI1; l=https://example.net/logo.svg; a=https://example.net/vmc.pem"',
    ]);
  });

  it("that is tried in the shadow of another host: no MX, and the host may send", () => {
    const shadow = published({ hasMx: false });
    expect(shadow.filter((line) => line.includes(" MX "))).toEqual([]);
    expect(shadow).toEqual(published({}).slice(1));
    expect(shadow).toContain('example.org. 3600 IN TXT "v=spf1 a:mx1.example.org -all"');
  });

  it("that wants no reports of TLS: no record, as one without an address is none (RFC 8460 section 3)", () => {
    expect(published({ tlsReports: [] }).filter((line) => line.startsWith("_smtp._tls"))).toEqual([]);
  });

  it("that is part of a domain whose limits hold for it: no CAA record, which would lift them", () => {
    expect(published({ caaIssuers: "as above" }).filter((line) => line.includes(" CAA "))).toEqual([]);
  });

  it("whose mail host has the very same name: the host is the domain's own address", () => {
    const lines = published({ hostname: "example.org" });
    expect(lines.slice(0, 2)).toEqual([
      "example.org. 3600 IN MX 10 example.org.",
      'example.org. 3600 IN TXT "v=spf1 a -all"',
    ]);
    expect(lines).toContain("mta-sts.example.org. 3600 IN CNAME example.org.");
  });

  it("that wants no reports of DMARC", () => {
    expect(published({ dmarcReports: [] })).toContain('_dmarc.example.org. 3600 IN TXT "v=DMARC1; p=reject"');
  });

  it("with a logo that no certificate vouches for", () => {
    expect(published({ bimi: { logo: "https://example.org/logo.svg" } }).at(-1)).toBe(
      'default._bimi.example.org. 3600 IN TXT "v=BIMI1; l=https://example.org/logo.svg; a="',
    );
  });

  it("that does no mail", () => {
    expect(zoneFile(Object.values(parkedDomainRecords("example.net"))).split("\n")).toEqual([
      "example.net. 3600 IN MX 0 .",
      'example.net. 3600 IN TXT "v=spf1 -all"',
      '_dmarc.example.net. 3600 IN TXT "v=DMARC1; p=reject"',
      '*._domainkey.example.net. 3600 IN TXT "v=DKIM1; p="',
      "",
    ]);
  });
});
