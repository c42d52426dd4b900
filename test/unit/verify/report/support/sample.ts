import type { Outcome, Severity } from "../../../../../verify/outcome";
import type { CheckReport, Report } from "../../../../../verify/report";

export function check(
  id: string,
  outcome: Outcome,
  severity: Severity = "high",
  more: Partial<CheckReport> = {},
): CheckReport {
  const title = `What ${id} asks holds`;
  return {
    id,
    title,
    severity,
    outcome,
    evidence: `Seen by ${id}.`,
    remedy: "",
    source: "RFC 5321 section 4.1",
    ...more,
  };
}

export function report(checks: readonly CheckReport[], more: Partial<Report> = {}): Report {
  const started = "2026-11-24T12:00:07.512Z";
  return { domain: "example.com", started, seconds: 6.234, resolver: "192.0.2.53", checks, ...more };
}

/** A domain in trouble, as an operator would see it: every outcome, each severity, long transcripts and records. */
export function troubled(domain = "example.com"): Report {
  return report([...faults(domain), ...held(domain)], { domain });
}

/** One where nothing is wrong. */
export function flawless(domain = "example.com"): Report {
  return report(
    held(domain).filter(({ outcome }) => outcome === "passed"),
    { domain, seconds: 3.91 },
  );
}

/** The last line of a transcript that is shown in a fold only. */
export const lastLine = "S: 221 2.0.0 Bye, said at the very end";

function relay(domain: string): string {
  const attempts = [
    "<someone@elsewhere.test>",
    `<someone%elsewhere.test@${domain}>`,
    `<elsewhere.test!someone@${domain}>`,
    `<@mx1.${domain}:someone@elsewhere.test>`,
    `<"someone@elsewhere.test"@${domain}>`,
    "<someone@elsewhere.test@[203.0.113.25]>",
  ];
  return [
    `S: 220 mx1.${domain} ESMTP Postfix`,
    "C: EHLO probe.test",
    `S: 250-mx1.${domain}`,
    ...["PIPELINING", "SIZE 52428800", "STARTTLS", "ENHANCEDSTATUSCODES"].map((word) => `S: 250-${word}`),
    "S: 250 8BITMIME",
    ...attempts.flatMap((attempt) => [
      "C: MAIL FROM:<probe@stranger.test>",
      "S: 250 2.1.0 Ok",
      `C: RCPT TO:${attempt}`,
      attempt.includes("%") ? "S: 250 2.1.5 Ok" : "S: 554 5.7.1 Relay access denied",
      "C: RSET",
      "S: 250 2.0.0 Ok",
    ]),
    "C: QUIT",
    lastLine,
  ].join("\n");
}

const key = `MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAv${"8Jq2mZ1cW0sTnB4yKfLxRd7".repeat(13)}QIDAQAB`;

function faults(domain: string): CheckReport[] {
  return [
    check("dns-nameservers-ipv6", "warning", "low", {
      title: "Two name servers have IPv6",
      evidence: `None of the name servers of ${domain} has an IPv6 address.\nns1.${domain}. A 203.0.113.53\nns2.${domain}. A 203.0.113.54`,
      remedy: "Ask whoever runs the name servers for IPv6, or move the zone to a provider that has it.",
      source: "RFC 3901 section 3",
    }),
    check("reverse-ptr", "failed", "high", {
      title: "Every mail host's address has a PTR record",
      evidence: `203.0.113.25, an address of mx1.${domain}, has no PTR record.\n25.113.0.203.in-addr.arpa. PTR: NXDOMAIN, secure`,
      remedy: `Ask whoever gave you the address to publish this, or set it in the provider's console:\n25.113.0.203.in-addr.arpa. PTR mx1.${domain}.`,
      source: "RFC 1912 section 2.1",
    }),
    check("spf-all", "failed", "high", {
      title: "SPF ends in -all or ~all",
      evidence: `The SPF record of ${domain} ends in +all: everybody may send in its name.\n${domain}. TXT "v=spf1 mx a:news.example.net include:_spf.example.org +all"`,
      remedy: `Publish this in place of the record that is there:\n${domain}. TXT "v=spf1 mx a:news.example.net include:_spf.example.org -all"`,
      source: "RFC 7208 section 5.1",
    }),
    check("dkim-strength", "warning", "medium", {
      title: "DKIM keys are strong",
      evidence: `The key of selector s2019 has 1024 bits.\ns2019._domainkey.${domain}. TXT "v=DKIM1; k=rsa; p=${key.slice(0, 216)}"`,
      remedy: `Make a key of 2048 bits, sign with it as selector s2027, and publish it:\ns2027._domainkey.${domain}. TXT "v=DKIM1; k=rsa; p=${key.slice(0, 200)}" "${key.slice(200)}"`,
      source: "RFC 8301 section 3.2",
    }),
    check("dmarc-policy", "failed", "medium", {
      title: "DMARC asks receivers to act",
      evidence: `The policy is "none": receivers deliver forged mail.\n_dmarc.${domain}. TXT "v=DMARC1; p=none; rua=mailto:dmarc@${domain}"`,
      remedy: `Once the reports show that your own mail passes, publish _dmarc.${domain}. TXT "v=DMARC1; p=quarantine; rua=mailto:dmarc@${domain}".`,
      source: "RFC 9989 section 4.7",
    }),
    check("mta-sts-exists", "warning", "medium", {
      title: "MTA-STS is published",
      evidence: `There is no MTA-STS record at _mta-sts.${domain}.`,
      remedy: `Serve a policy at https://mta-sts.${domain}/.well-known/mta-sts.txt, then publish:\n_mta-sts.${domain}. TXT "v=STSv1; id=20261124T120000Z"`,
      source: "RFC 8461 section 3.1",
    }),
    check("smtp-relay", "failed", "critical", {
      title: "No relay for strangers",
      evidence: `mx1.${domain} (203.0.113.25 port 25) accepts mail from strangers for strangers, as <someone%elsewhere.test@${domain}>.\n${relay(domain)}`,
      remedy:
        'Set "smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination" and "allow_percent_hack = no" in Postfix, and reload it.',
      source: "RFC 5321 section 7.1",
    }),
    check("certificate-expiry", "warning", "critical", {
      title: "Certificates are in date for two weeks more",
      evidence: `The certificate of mx1.${domain} on port 25 ends on 2026-11-30, in 6 days.\nsubject CN=mx1.${domain}, issuer CN=E7, O=Let's Encrypt, serial 04:5f:1c:aa:90:3e, SHA-256 9f:86:d0:81:88:4c:7d:65:9a:2f:ea:a0:c5:5a:d0:15`,
      remedy: "See why the renewal did not happen in the log of the ACME client, and renew by hand today.",
      source: "RFC 5280 section 4.1.2.5",
    }),
    check("mx-ipv6-reachable", "not-checked", "medium", {
      title: "Mail hosts answer over IPv6",
      evidence: "There is no way from here to 2001:db8::25.",
      remedy: "Run the same command on a machine of another network that has this address family.",
      source: "RFC 5321 section 5.2",
    }),
    check("reputation-address", "not-checked", "high", {
      title: "No block list has the mail hosts' addresses",
      evidence:
        "zen.spamhaus.org refuses queries through 192.0.2.53 (127.255.255.254: a public resolver).\n25.113.0.203.zen.spamhaus.org. A 127.255.255.254",
      remedy:
        "Run it with a resolver of your own: --resolver 127.0.0.1, or look the address up at https://check.spamhaus.org/.",
      source: "RFC 5782 section 2.1",
    }),
    check("account-imap", "not-applicable", "high", {
      title: "The mailbox opens over IMAP",
      evidence: "No account was given to log in with.",
      source: "RFC 9051 section 6.2",
    }),
    check("stack-records", "not-applicable", "high", {
      title: "Every declared record is published",
      evidence: "No stack was given to compare with.",
      source: "the Pulumi stack's outputs",
    }),
    check("dmarc-subdomains", "not-applicable", "medium", {
      title: "Subdomains are held to the policy",
      evidence: "The policy itself asks for nothing.",
      source: "RFC 9989 section 4.7",
    }),
  ];
}

/** Checks that pass: id, severity, title, the lines of the evidence, source. */
const passing = `
dns-exists | critical | The domain exists | DOMAIN exists. // DOMAIN. SOA ns1.DOMAIN. hostmaster.DOMAIN. 2026112401 10800 3600 604800 300 | RFC 1034 section 4.3.1
dns-nameservers | high | Two or more name servers, each resolving | DOMAIN has 2 name servers, and each resolves. // DOMAIN. NS ns1.DOMAIN. // DOMAIN. NS ns2.DOMAIN. | RFC 1034 section 4.1
dns-nameservers-agree | medium | Name servers agree | Both are authoritative and have serial 2026112401. | RFC 1912 section 2.2
dns-dnssec | medium | The domain is signed | The answers for DOMAIN are secure. | RFC 4033 section 5
dns-dnssec-algorithm | low | Signed by an algorithm of today | ECDSA P-256 with SHA-256 (13). | RFC 8624 section 3.1
mx-exists | critical | Mail hosts are published | DOMAIN has 1 mail host. // DOMAIN. MX 10 mx1.DOMAIN. | RFC 5321 section 5.1
mx-address | critical | Each mail host resolves | mx1.DOMAIN has 203.0.113.25 and 2001:db8::25. | RFC 5321 section 5.1
mx-alias | high | No mail host is an alias | mx1.DOMAIN is no CNAME. | RFC 2181 section 10.3
mx-public | critical | Addresses are public | 203.0.113.25 and 2001:db8::25 are public addresses. | RFC 6890 section 2.2
mx-ipv6 | low | Mail hosts have IPv6 | mx1.DOMAIN has 2001:db8::25. | RFC 5321 section 5.2
reverse-generic | medium | Reverse names are not a provider's | No address has a generic name. | M3AAWG sender best common practices 3.0
spf-exists | high | SPF is published | DOMAIN. TXT "v=spf1 mx a:news.example.net include:_spf.example.org +all" | RFC 7208 section 3
spf-single | high | One SPF record only | DOMAIN has exactly one. | RFC 7208 section 3.2
spf-syntax | high | SPF can be read | It has 3 mechanisms and no modifier. | RFC 7208 section 4.6
spf-lookups | high | At most 10 look-ups | Evaluating it takes 4 look-ups. | RFC 7208 section 4.6.4
dkim-key | high | Each selector has a key | s2019 has a key. // s2019._domainkey.DOMAIN. TXT "v=DKIM1; k=rsa; p=KEY" | RFC 6376 section 3.6
dkim-single | high | One key for each selector | s2019 has exactly one. | RFC 6376 section 3.6.2.2
dmarc-exists | high | DMARC is published | _dmarc.DOMAIN. TXT "v=DMARC1; p=none; rua=mailto:dmarc@DOMAIN" | RFC 9989 section 4.4
dmarc-reports | low | Reports are asked for | Reports go to dmarc@DOMAIN. | RFC 9989 section 4.7
tls-rpt-exists | low | Reports about TLS are asked for | _smtp._tls.DOMAIN. TXT "v=TLSRPTv1; rua=mailto:tls@DOMAIN" | RFC 8460 section 3
dane-exists | medium | TLSA records are published | _25._tcp.mx1.DOMAIN. TLSA 3 1 1 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 | RFC 7672 section 3.1
dane-valid | critical | TLSA records match | The key on port 25 is the published one. | RFC 7672 section 3
caa-exists | low | Issuers are named | DOMAIN. CAA 0 issue "letsencrypt.org" | RFC 8659 section 4
smtp-reachable | critical | Mail hosts take connections | mx1.DOMAIN answers on 203.0.113.25 port 25. | RFC 5321 section 4.5.4
smtp-banner | medium | The banner begins with its name | 220 mx1.DOMAIN ESMTP Postfix | RFC 5321 section 4.3.1
smtp-starttls | high | STARTTLS is offered | It is offered, and TLS begins. | RFC 3207 section 4
smtp-smuggling | critical | No smuggling of mail | No other end of data than CR LF . CR LF is taken. | RFC 5321 section 4.1.1.4
smtp-vrfy | low | VRFY tells nothing | 252 2.0.0 is the answer for anybody. | RFC 5321 section 7.3
tls-versions | high | TLS 1.2 and 1.3 only | Ports 25, 465, 587 and 993 take TLS 1.2 and 1.3, and refuse 1.1 and 1.0. | RFC 8996 section 5
tls-ciphers | medium | Good ciphers only | ECDHE with AEAD only. | RFC 9325 section 4.2
certificate-trusted | high | Certificates are trusted | The chain ends in ISRG Root X1 on every port. | RFC 5280 section 6
certificate-name | high | Certificates have the right name | They name mx1.DOMAIN. | RFC 9525 section 6
access-imaps | high | IMAP over TLS is offered | Port 993 answers with TLS. | RFC 8314 section 3.2
access-imap-plain | high | No login in plain text | Port 143 refuses connections. | RFC 8314 section 4.1
discovery-srv | low | Mail programs find their settings | _imaps._tcp.DOMAIN. SRV 0 1 993 mx1.DOMAIN. | RFC 6186 section 3.2
`;

function held(domain: string): CheckReport[] {
  const rows = passing.replaceAll("DOMAIN", domain).replaceAll("KEY", key.slice(0, 216)).trim().split("\n");
  return rows.map((row) => {
    const [id = "", severity, title = "", evidence = "", source = ""] = row.split(" | ");
    const lines = evidence.replaceAll(" // ", "\n");
    return check(id, "passed", severity as Severity, { title, evidence: lines, source });
  });
}

/** One where nothing is broken, and not everything is good or could be asked. */
export function mixed(domain: string): Report {
  const { checks, ...rest } = troubled(domain);
  return { ...rest, checks: checks.filter(({ outcome }) => outcome !== "failed") };
}
