import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { IssuedCertificate } from "../authority";
import { internet } from "../context";
import type { MachineFiles } from "./files";
import { trustFile } from "./pebble";

/** The correspondent's mail host and domain. */
export const peerHost = "mx.peer.test";
export const peerDomain = "peer.test";

/** Where bob@peer.test gets his mail, a Maildir; outlives the machine. */
export const mailDir = "/var/mail/bob";

const selector = "mail";

/** What the correspondent publishes: mail comes from its host alone, is signed, and anything else is to be rejected. */
export function peerRecords(dkimKeyPem: string): string[] {
  const key = createPublicKey(dkimKeyPem).export({ type: "spki", format: "der" }).toString("base64");
  const strings = `v=DKIM1; k=rsa; p=${key}`.match(/.{1,255}/g) ?? [];
  return [
    `mx A ${internet.peer}`,
    `mx TXT "v=spf1 a -all"`,
    `@ MX 10 ${peerHost}.`,
    `@ TXT "v=spf1 mx -all"`,
    `${selector}._domainkey TXT ${strings.map((string) => `"${string}"`).join(" ")}`,
    `_dmarc TXT "v=DMARC1; p=reject; adkim=s; aspf=s"`,
  ];
}

/**
 * Exim as mail server of peer.test. It takes mail for bob whatever it thinks of it, and writes what it thinks into
 * one Authentication-Results field (RFC 8601): `iprev` (forward-confirmed reverse DNS), `spf` and each `dkim`
 * signature are its own judgement, `dmarc` that of Mail::DMARC, for which see `dmarc.pl`; `x-tls` and `x-helo` tell
 * of the session.
 */
export function eximFiles(certificate: IssuedCertificate, dkimKeyPem: string): MachineFiles {
  return {
    "/etc/exim4/tls.pem": certificate.certPem,
    "/etc/exim4/tls.key": { text: certificate.keyPem, mode: 0o600 },
    "/etc/exim4/dkim.key": { text: dkimKeyPem, mode: 0o600 },
    "/etc/exim4/dmarc": { text: readFileSync(join(__dirname, "dmarc.pl"), "utf8"), mode: 0o755 },
    // The queue is looked through every five seconds, so that a greylisted or deferred message is soon tried again.
    "/etc/default/exim4": `EXIMSERVICE="-bdf -q5s"\n`,
    "/etc/exim4/exim4.conf": `
primary_hostname = ${peerHost}
local_interfaces = ${internet.peer}
keep_environment =
host_lookup = *
log_selector = +tls_certificate_verified +tls_sni +dnssec -queue_run

tls_advertise_hosts = *
tls_certificate = /etc/exim4/tls.pem
tls_privatekey = /etc/exim4/tls.key

acl_smtp_rcpt = check_recipient
acl_smtp_dkim = check_signature
acl_smtp_data = check_message

begin acl

check_recipient:
  deny
    domains = ! ${peerDomain}
    message = Relaying is not permitted
  # Has SPF checked; any result will do.
  warn
    spf = pass : fail : softfail : none : neutral : permerror : temperror
  accept
    verify = recipient

# Runs once for each signature.
check_signature:
  accept
    set acl_m_dkim = $acl_m_dkim $dkim_cur_signer=$dkim_verify_status

check_message:
  # Nobody else speaks in this host's name (RFC 8601 section 5).
  warn
    remove_header = Authentication-Results
  warn
    !verify = reverse_host_lookup
  warn
    set acl_m_helo = fail
    verify = helo
    set acl_m_helo = pass
  warn
    set acl_m_dmarc = \${run{/etc/exim4/dmarc \${address:$h_from:} $sender_address $spf_result $acl_m_dkim}{$value}{temperror}}
  accept
    add_header = :at_start:\${authresults{$primary_hostname}};\\
      \\n\\tdmarc=$acl_m_dmarc header.from=\${domain:\${address:$h_from:}};\\
      \\n\\tx-tls=\${if def:tls_in_cipher{pass smtp.version=$tls_in_ver}{none}};\\
      \\n\\tx-helo=$acl_m_helo smtp.helo=$sender_helo_name

begin routers

elsewhere:
  driver = dnslookup
  domains = ! ${peerDomain}
  transport = smtp
  no_more

postmaster:
  driver = redirect
  local_parts = postmaster
  data = bob@${peerDomain}

bob:
  driver = accept
  local_parts = bob
  transport = maildir

begin transports

smtp:
  driver = smtp
  interface = ${internet.peer}
  tls_verify_certificates = ${trustFile}
  dkim_domain = ${peerDomain}
  dkim_selector = ${selector}
  dkim_private_key = /etc/exim4/dkim.key

maildir:
  driver = appendfile
  maildir_format
  directory = ${mailDir}
  user = mail
  group = mail
  envelope_to_add
  return_path_add

begin retry

*  *  F,1h,5s; F,1d,1m
`,
  };
}
