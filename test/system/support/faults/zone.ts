import { generateKeyPairSync } from "node:crypto";
import { type Fault, wrongZone } from "./fault";
import type { Site } from "./site";

const domain = "example.test";
const host = "mx1.example.test";
const long = "ip4:198.51.100.1 ";

function weakKey(): string {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  return publicKey.export({ type: "spki", format: "der" }).toString("base64");
}

const reverse = (address: string) => `${address.split(".").reverse().join(".")}.in-addr.arpa PTR`;
const mx = `${domain} MX`;
const txt = `${domain} TXT`;
const dkim = `rsa1._domainkey.${domain} TXT`;
/** A key that does not sign, so that nothing else comes of a fault in it. */
const spare = `spare._domainkey.${domain} TXT`;
const dmarc = `_dmarc.${domain} TXT`;
const sts = `_mta-sts.${domain} TXT`;
const rpt = `_smtp._tls.${domain} TXT`;
const caa = `${host} CAA`;
const spf = (record: string) => ({ [txt]: [`"${record}"`] });
const policy = (record: string) => ({ [dmarc]: [`"${record}"`] });
const keyTag = (tag: string) => (site: Site) => ({
  [dkim]: [site.dkim.replace(/^"v=DKIM1; /, `"v=DKIM1; ${tag}; `)],
});

/** Faults of single record sets. */
export const zoneFaults: readonly Fault[] = [
  wrongZone("no MX", "mx-exists", { [mx]: [] }),
  wrongZone("an MX without an address", "mx-address", { [mx]: [`10 ${host}.`, `20 nobody.${domain}.`] }),
  wrongZone("an MX that is an alias", "mx-alias", {
    [mx]: [`10 alias.${domain}.`],
    [`alias.${domain} CNAME`]: [`${host}.`],
  }),
  wrongZone("a null MX beside another", "mx-null", { [mx]: [`10 ${host}.`, "0 ."] }),
  wrongZone("no name for the address", "reverse-ptr", ({ address }) => ({ [reverse(address)]: [] })),
  wrongZone("a name for the address that leads elsewhere", "reverse-confirmed", ({ address }) => ({
    [reverse(address)]: ["stranger.test."],
  })),

  wrongZone("no SPF record", "spf-exists", { [txt]: [] }),
  wrongZone("two SPF records", "spf-single", { [txt]: ['"v=spf1 mx -all"', '"v=spf1 a -all"'] }),
  wrongZone("an SPF mechanism that does not exist", "spf-syntax", spf("v=spf1 mx ipv4:192.0.2.1 -all")),
  wrongZone("SPF that lets everybody send", "spf-all", spf("v=spf1 mx +all")),
  wrongZone("SPF that says nothing of others", "spf-all", spf("v=spf1 mx ?all")),
  wrongZone(
    "SPF with more than ten look-ups",
    "spf-lookups",
    spf(`v=spf1 mx ${`a:${host} `.repeat(10)}-all`),
  ),
  wrongZone(
    "SPF with three look-ups of nothing",
    "spf-void-lookups",
    spf(`v=spf1 mx a:n1.${domain} a:n2.${domain} a:n3.${domain} -all`),
  ),
  wrongZone(
    "SPF that includes what is not there",
    "spf-includes",
    spf("v=spf1 mx include:stranger-no.test -all"),
  ),
  wrongZone("SPF without the host", "spf-host", spf("v=spf1 ip4:198.51.100.1 -all")),
  wrongZone("SPF that asks for reverse names", "spf-ptr", spf("v=spf1 mx ptr -all")),
  wrongZone("an SPF record that no packet holds", "spf-size", {
    [txt]: [`"v=spf1 mx ${long.repeat(12)}" "${long.repeat(14)}" "${long.repeat(10)}-all"`],
  }),
  wrongZone("no SPF record for the host's own name", "spf-helo", { [`${host} TXT`]: [] }),

  wrongZone("two DKIM keys at one selector", "dkim-single", (site) => ({
    [spare]: [site.dkim, '"v=DKIM1; k=rsa; p="'],
  })),
  wrongZone("a DKIM key that is no key", "dkim-syntax", { [spare]: ['"v=DKIM1; k=rsa; p=not base64!"'] }),
  wrongZone("a DKIM key of 1024 bits", "dkim-strength", { [spare]: [`"v=DKIM1; k=rsa; p=${weakKey()}"`] }),
  wrongZone("a revoked DKIM key", "dkim-revoked", { [spare]: ['"v=DKIM1; k=rsa; p="'] }),
  wrongZone("a DKIM key in testing", "dkim-testing", keyTag("t=y")),
  wrongZone("a DKIM key for SHA-1 alone", "dkim-hash", keyTag("h=sha1")),

  wrongZone("no DMARC record", "dmarc-exists", { [dmarc]: [] }),
  wrongZone("two DMARC records", "dmarc-single", {
    [dmarc]: [`"v=DMARC1; p=reject; rua=mailto:postmaster@${domain}"`, '"v=DMARC1; p=none"'],
  }),
  wrongZone(
    "a DMARC policy that does not exist",
    "dmarc-syntax",
    policy(`v=DMARC1; p=refuse; rua=mailto:postmaster@${domain}`),
  ),
  wrongZone(
    "DMARC that asks for nothing",
    "dmarc-policy",
    policy(`v=DMARC1; p=none; rua=mailto:postmaster@${domain}`),
  ),
  wrongZone(
    "DMARC that spares subdomains",
    "dmarc-subdomains",
    policy(`v=DMARC1; p=reject; sp=none; rua=mailto:postmaster@${domain}`),
  ),
  wrongZone("DMARC without reports", "dmarc-reports", policy("v=DMARC1; p=reject")),
  wrongZone(
    "DMARC reports to who did not agree",
    "dmarc-external",
    policy("v=DMARC1; p=reject; rua=mailto:dmarc@peer.test"),
  ),
  wrongZone(
    "DMARC reports to where no mail goes",
    "dmarc-report-mx",
    policy(`v=DMARC1; p=reject; rua=mailto:dmarc@reports.${domain}`),
  ),
  wrongZone(
    "a DMARC tag that is no more",
    "dmarc-removed-tags",
    policy(`v=DMARC1; p=reject; pct=50; rua=mailto:postmaster@${domain}`),
  ),
  wrongZone(
    "DMARC in testing",
    "dmarc-testing",
    policy(`v=DMARC1; p=reject; t=y; rua=mailto:postmaster@${domain}`),
  ),

  wrongZone("no MTA-STS", "mta-sts-exists", { [sts]: [] }),
  wrongZone("an MTA-STS id that is too long", "mta-sts-record", {
    [sts]: [`"v=STSv1; id=${"a1".repeat(20)}"`],
  }),
  wrongZone("an MTA-STS policy host that is not there", "mta-sts-policy", {
    [`mta-sts.${domain} CNAME`]: [],
  }),
  wrongZone("no TLS reports", "tls-rpt-exists", { [rpt]: [] }),
  wrongZone("a TLS report address that is none", "tls-rpt-record", {
    [rpt]: ['"v=TLSRPTv1; rua=postmaster"'],
  }),
  wrongZone("TLS reports to where no mail goes", "tls-rpt-mx", {
    [rpt]: [`"v=TLSRPTv1; rua=mailto:tls@reports.${domain}"`],
  }),

  wrongZone("no TLSA", "dane-exists", { [`_25._tcp.${host} TLSA`]: [] }),
  wrongZone("a TLSA that SMTP has no use for", "dane-record", {
    [`_25._tcp.${host} TLSA`]: [`0 0 1 ${"ab".repeat(32)}`, `1 1 1 ${"cd".repeat(32)}`],
  }),
  wrongZone("TLSA of other keys", "dane-valid", {
    [`_25._tcp.${host} TLSA`]: [`3 1 1 ${"ab".repeat(32)}`, `3 1 1 ${"cd".repeat(32)}`],
  }),
  wrongZone("no CAA", "caa-exists", { [caa]: [], [`${domain} CAA`]: [] }),
  wrongZone("CAA without a word on wildcards", "caa-wildcard", {
    [caa]: ['0 issue "acme.test"', '0 issuemail ";"', `0 iodef "mailto:postmaster@${domain}"`],
  }),
  wrongZone("CAA without a word on mail certificates", "caa-mail", {
    [caa]: ['0 issue "acme.test"', '0 issuewild ";"', `0 iodef "mailto:postmaster@${domain}"`],
  }),
  wrongZone("CAA without an address for incidents", "caa-iodef", {
    [caa]: ['0 issue "acme.test"', '0 issuewild ";"', '0 issuemail ";"'],
  }),
  wrongZone("no SRV records", "discovery-srv", {
    [`_submissions._tcp.${domain} SRV`]: [],
    [`_imaps._tcp.${domain} SRV`]: [],
  }),
  wrongZone("an SRV record that leads nowhere", "discovery-srv-targets", {
    [`_imaps._tcp.${domain} SRV`]: [`0 1 993 nobody.${domain}.`],
  }),
  wrongZone("no autoconfig", "discovery-autoconfig", { [`autoconfig.${domain} CNAME`]: [] }),
];
