import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { IssuedCertificate } from "../authority";
import { internet } from "../context";
import type { MachineFiles } from "./files";
import { trustFile } from "./pebble";
import { addresses } from "./zones";

/** The correspondent's mail host and domain. */
export const peerHost = "mx.peer.test";
export const peerDomain = "peer.test";

/** Where bob@peer.test gets his mail, a Maildir; outlives the machine. */
export const mailDir = "/var/mail/bob";

/** Where messages wait that could not be delivered yet; outlives the machine. */
export const queueDir = "/var/spool/exim4";

const selector = "mail";

const macros = Object.entries({
  PEER_HOST: peerHost,
  PEER_DOMAIN: peerDomain,
  // A list whose separator is not the colon that IPv6 addresses are full of.
  PEER_ADDRESSES: `<; ${internet.peer} ; ${internet.ipv6.peer}`,
  PEER_SELECTOR: selector,
  PEER_MAILBOX: mailDir,
  PEER_TRUST: trustFile,
}).map(([name, value]) => `${name} = ${value}`);

/** What the correspondent publishes: mail comes from its host alone, is signed, and anything else is to be rejected. */
export function peerRecords(dkimKeyPem: string): string[] {
  const key = createPublicKey(dkimKeyPem).export({ type: "spki", format: "der" }).toString("base64");
  const strings = `v=DKIM1; k=rsa; p=${key}`.match(/.{1,255}/g) ?? [];
  return [
    ...addresses("mx", internet.peer, internet.ipv6.peer),
    `mx TXT "v=spf1 a -all"`,
    `@ MX 10 ${peerHost}.`,
    `@ TXT "v=spf1 mx -all"`,
    `${selector}._domainkey TXT ${strings.map((string) => `"${string}"`).join(" ")}`,
    `_dmarc TXT "v=DMARC1; p=reject; adkim=s; aspf=s"`,
  ];
}

/** Exim as the mail server of peer.test; what it does is in `exim4.conf`. */
export function eximFiles(certificate: IssuedCertificate, dkimKeyPem: string): MachineFiles {
  return {
    "/etc/exim4/tls.pem": certificate.certPem,
    "/etc/exim4/tls.key": { text: certificate.keyPem, mode: 0o600 },
    "/etc/exim4/dkim.key": { text: dkimKeyPem, mode: 0o600 },
    "/etc/exim4/dmarc": { text: readFileSync(join(__dirname, "dmarc.pl"), "utf8"), mode: 0o755 },
    // The queue is looked through every five seconds, so that a greylisted or deferred message is soon tried again.
    "/etc/default/exim4": `EXIMSERVICE="-bdf -q5s"\n`,
    "/etc/exim4/exim4.conf": [...macros, readFileSync(join(__dirname, "exim4.conf"), "utf8")].join("\n"),
  };
}
