import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addressRecord,
  conflictOf,
  type DnsRecord,
  describeExisting,
  type ExistingRecord,
  ipv6AddressRecord,
  mailDomainRecords,
  mailHostRecords,
  parkedDomainRecords,
  tlsaRecord,
  txtRecord,
  unquoted,
} from "../../../records";
import { choices, plan } from "./support/plans";
import { printable } from "./support/presentation";

const ours: Readonly<Record<string, DnsRecord>> = {
  address: addressRecord("mx1.example.org", "192.0.2.25"),
  "address-ipv6": ipv6AddressRecord("mx1.example.org", "2001:db8::25"),
  tlsa: tlsaRecord("mx1.example.org", "3 1 1 abcd"),
  dkim: txtRecord("rsa1._domainkey.example.org", "v=DKIM1; k=rsa; p=abcd"),
  ...mailHostRecords({
    hostname: "mx1.example.org",
    issuer: { identity: "letsencrypt.org" },
    contact: "alice@example.org",
  }),
  ...mailDomainRecords(
    plan({ bimi: { logo: "https://example.org/a.svg" }, dmarcReportsOf: ["example.net"] }),
  ),
};
const record = (role: string): DnsRecord => ours[role] ?? fail(role);
const other = (
  name: string,
  type: string,
  content: string,
  more: Partial<ExistingRecord> = {},
): ExistingRecord => ({
  zoneId: "zone-org",
  id: "0123456789abcdef",
  name,
  type,
  ttl: 1,
  content,
  proxied: false,
  comment: "",
  createdOn: "2026-01-01T00:00:00Z",
  ...more,
});

const all = ["leave", "adopt", "replace"];
const stands = "a CNAME stands alone (RFC 1034 section 3.6.2)";
const beside = "a CNAME lets nothing stand beside it (RFC 1034 section 3.6.2)";

/** What is there already, where which of ours is to be; the choices, and why. */
const conflicts: [string, string, ExistingRecord[], string[], string][] = [
  [
    "an MX of another service",
    "mx",
    [other("example.org", "MX", "mail.example.com", { priority: 5 })],
    all,
    "senders would deliver to either host",
  ],
  [
    "several MX of another service, which no one record can be made of",
    "mx",
    [other("example.org", "MX", "mx1.example.com"), other("example.org", "MX", "mx2.example.com")],
    ["leave"],
    "senders would deliver to either host",
  ],
  [
    "Cloudflare Email Routing",
    "mx",
    [other("example.org", "MX", "route1.mx.cloudflare.net")],
    all,
    "Cloudflare Email Routing receives the domain's mail; turn it off there first",
  ],
  [
    "a second SPF record",
    "spf",
    [other("example.org", "TXT", '"v=spf1 mx ~all"')],
    [...all, "merge"],
    "two SPF records void each other (RFC 7208 section 4.5)",
  ],
  [
    "a second SPF record without quotes and in capitals",
    "spf",
    [other("example.org", "TXT", "V=SPF1 mx ~all")],
    [...all, "merge"],
    "two SPF records void each other (RFC 7208 section 4.5)",
  ],
  [
    "two SPF records, which are void already",
    "spf",
    [other("example.org", "TXT", '"v=spf1 mx"'), other("example.org", "TXT", '"v=spf1 a"')],
    ["leave"],
    "two SPF records void each other (RFC 7208 section 4.5)",
  ],
  [
    "the SPF record of the host's name",
    "helo-spf",
    [other("mx1.example.org", "TXT", '"v=spf1 -all"')],
    [...all, "merge"],
    "two SPF records void each other (RFC 7208 section 4.5)",
  ],
  [
    "a second DMARC record",
    "dmarc",
    [other("_dmarc.example.org", "TXT", '"v=DMARC1; p=none"')],
    all,
    "two DMARC records void each other (RFC 9989 section 4.10)",
  ],
  [
    "another MTA-STS record",
    "mta-sts",
    [other("_mta-sts.example.org", "TXT", '"v=STSv1; id=1"')],
    all,
    "two records with v=STSv1 void each other",
  ],
  [
    "another TLS-RPT record",
    "tls-rpt",
    [other("_smtp._tls.example.org", "TXT", '"v=TLSRPTv1; rua=mailto:a@example.com"')],
    all,
    "two records with v=TLSRPTv1 void each other",
  ],
  [
    "another BIMI record",
    "bimi",
    [other("default._bimi.example.org", "TXT", '"v=BIMI1; l=; a="')],
    all,
    "two records with v=BIMI1 void each other",
  ],
  [
    "another key of the same selector, which is no key of this host",
    "dkim",
    [other("rsa1._domainkey.example.org", "TXT", '"k=rsa; p=wxyz"')],
    [],
    "verifiers would take either key",
  ],
  [
    "another address, which can't be left, nor kept",
    "address",
    [other("mx1.example.org", "A", "192.0.2.80")],
    ["replace"],
    "some of the mail would go to the other address",
  ],
  [
    "another IPv6 address, which can't be left, nor kept",
    "address-ipv6",
    [other("mx1.example.org", "AAAA", "2001:db8::80")],
    ["replace"],
    "some of the mail would go to the other address",
  ],
  [
    "a proxied address of the host's name",
    "address",
    [other("mx1.example.org", "A", "192.0.2.80", { proxied: true })],
    ["replace"],
    "Cloudflare's proxy, which passes no mail, answers under the mail host's name",
  ],
  [
    "a proxied address of the other family, which makes Cloudflare answer for both",
    "address",
    [other("mx1.example.org", "AAAA", "2001:db8::80", { proxied: true })],
    [],
    "Cloudflare's proxy, which passes no mail, answers under the mail host's name",
  ],
  [
    "an alias of the host's name",
    "address",
    [other("mx1.example.org", "CNAME", "elsewhere.example.com")],
    [],
    beside,
  ],
  [
    "an alias of the domain",
    "mx",
    [other("example.org", "CNAME", "elsewhere.example.com")],
    ["leave"],
    beside,
  ],
  [
    "another alias",
    "autoconfig-host",
    [other("autoconfig.example.org", "CNAME", "elsewhere.example.com")],
    all,
    stands,
  ],
  [
    "an address where an alias is to be",
    "autoconfig-host",
    [other("autoconfig.example.org", "A", "192.0.2.80")],
    ["leave"],
    stands,
  ],
  [
    "a text where an alias is to be",
    "mta-sts-host",
    [other("mta-sts.example.org", "TXT", '"hello"')],
    ["leave"],
    stands,
  ],
  [
    "the service of another server",
    "srv-imaps",
    [other("_imaps._tcp.example.org", "SRV", "0 1 993 imap.example.com")],
    all,
    "mail programs would log in to either server",
  ],
  [
    "the very same CAA record",
    "caa-issuemail",
    [other("example.org", "CAA", '0 issuemail ";"')],
    all,
    "Cloudflare takes no record twice",
  ],
  [
    "the very same TLSA record",
    "tlsa",
    [other("_25._tcp.mx1.example.org", "TLSA", "3 1 1 abcd")],
    all,
    "Cloudflare takes no record twice",
  ],
];

const harmless: [string, string, ExistingRecord][] = [
  ["an MX of another name", "mx", other("lists.example.org", "MX", "mail.example.com")],
  ["an address of the domain", "mx", other("example.org", "A", "192.0.2.80", { proxied: true })],
  ["a proof of ownership", "spf", other("example.org", "TXT", '"google-site-verification=abc"')],
  ["a text that only begins like SPF", "spf", other("example.org", "TXT", '"v=spf10 mx"')],
  ["a text that only tells of SPF", "spf", other("example.org", "TXT", '"see v=spf1"')],
  ["the SPF record of another name", "spf", other("www.example.org", "TXT", '"v=spf1 -all"')],
  ["the DMARC record of another name", "dmarc", other("_dmarc.www.example.org", "TXT", '"v=DMARC1; p=none"')],
  ["a text where DMARC is to be", "dmarc", other("_dmarc.example.org", "TXT", '"hello"')],
  ["another domain's MTA-STS", "mta-sts", other("_mta-sts.www.example.org", "TXT", '"v=STSv1; id=1"')],
  ["another selector's key", "dkim", other("google._domainkey.example.org", "TXT", '"v=DKIM1; p=abcd"')],
  ["a text of the host's name", "helo-spf", other("mx1.example.org", "TXT", '"hello"')],
  ["an IPv6 address beside the IPv4 one", "address", other("mx1.example.org", "AAAA", "2001:db8::80")],
  ["another authority", "caa-issuemail", other("example.org", "CAA", '0 issue "pki.goog"')],
  ["another key of the host", "tlsa", other("_25._tcp.mx1.example.org", "TLSA", "3 1 1 ef01")],
  ["the key of another port", "tlsa", other("_443._tcp.mx1.example.org", "TLSA", "3 1 1 abcd")],
  ["another service", "srv-imaps", other("_sip._tcp.example.org", "SRV", "0 1 5060 sip.example.com")],
  ["a wildcard", "autoconfig-host", other("*.example.org", "CNAME", "elsewhere.example.com")],
];

describe("a record of somebody else", () => {
  it.each(conflicts)("is in the way: %s", (_, role, there, choices, why) => {
    expect(conflictOf(record(role), there)).toEqual({ found: there, why, choices });
  });

  it.each(harmless)("may stay beside ours: %s", (_, role, there) => {
    expect(conflictOf(record(role), [there])).toBeUndefined();
  });

  it("is told apart from its harmless neighbours", () => {
    const mx = other("example.org", "MX", "mail.example.com");
    const neighbours = harmless.map(([, , there]) => there).filter(({ type }) => type !== "MX");
    expect(conflictOf(record("mx"), [...neighbours, mx])?.found).toEqual([mx]);
  });

  it("is in the way of a content that is not known yet as it is of a known one", () => {
    const unknown = { ...record("address"), content: undefined };
    const there = [other("mx1.example.org", "A", "192.0.2.80")];
    expect(conflictOf(unknown, there)).toEqual(conflictOf(record("address"), there));
  });
});

describe("any domain's own records", () => {
  const whole = choices.map((chosen) => Object.values(mailDomainRecords(plan(chosen))));
  const asThere = ({ name, type, content, priority }: DnsRecord) => other(name, type, content, { priority });

  it("are in nobody's way among each other, and those of a parked domain neither", () => {
    fc.assert(
      fc.property(
        fc.oneof(whole, fc.constant(Object.values(parkedDomainRecords("example.net")))),
        (records) => {
          for (const each of records) {
            const rest = records.filter((another) => another !== each).map(asThere);
            expect(conflictOf(each, rest), each.name).toBeUndefined();
          }
        },
      ),
    );
  });

  it("are in the way of the very same ones that somebody else has made, each of them", () => {
    fc.assert(
      fc.property(whole, (records) => {
        const there = records.map(asThere);
        for (const [i, each] of records.entries()) expect(conflictOf(each, there)?.found).toEqual([there[i]]);
      }),
    );
  });
});

describe("a record in a message", () => {
  it.each<[ExistingRecord, string]>([
    [other("example.org", "MX", "mail.example.com", { priority: 10 }), "example.org MX 10 mail.example.com"],
    [
      other("www.example.org", "A", "192.0.2.80", { proxied: true }),
      "www.example.org A 192.0.2.80 (proxied)",
    ],
    [
      other("_imaps._tcp.example.org", "SRV", "0 1 993 imap.example.com", { priority: 0 }),
      "_imaps._tcp.example.org SRV 0 1 993 imap.example.com",
    ],
  ])("is one line: %#", (there, line) => {
    expect(describeExisting(there)).toBe(line);
  });
});

describe("the text of a TXT record", () => {
  it("is the same with quotes, in several strings, and without quotes", () => {
    expect(unquoted('"v=spf1 mx" " -all"')).toBe("v=spf1 mx -all");
    expect(unquoted("v=spf1 mx -all")).toBe("v=spf1 mx -all");
  });

  it("is read back from what we write, whatever it says", () => {
    fc.assert(
      fc.property(printable({ maxLength: 600 }), (text) => {
        expect(unquoted(txtRecord("example.org", text).content)).toBe(text);
      }),
    );
  });
});

function fail(role: string): never {
  throw new Error(`there is no record ${role}`);
}
