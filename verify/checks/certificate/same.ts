import type { Check } from "../../check";
import { certificateOf, type PortCertificate } from "../../tls/certificates";
import { conclude, type Observation, survey } from "../../tls/survey";

export const certificateSame: Check = {
  id: "certificate-same",
  title: "All ports of a host serve the same certificate",
  asks: "Whether one of the servers still has the certificate of before the last renewal, because nobody reloaded it.",
  source: "RFC 5280 section 4.1.2.5; good practice",
  severity: "medium",
  run: async (subject) => {
    const { seen, unseen } = await survey(subject, (port) => certificateOf(subject, port));
    const sound = seen.map(({ answer }) => answer).filter((certificate) => isSound(certificate, subject.now));
    return conclude(
      { seen: sound.map((port) => ({ port, answer: compare(port, sound) })), unseen },
      () =>
        "Reload the server of that port (systemctl reload postfix dovecot), and have the ACME client do so after every renewal; if the certificates differ on purpose, nothing is to be done.",
    );
  },
};

/** What is wrong with a certificate by itself, another check tells. */
function isSound({ host, leaf, distrust }: PortCertificate, now: Date): boolean {
  const inTime = Date.parse(leaf.validFrom) <= now.getTime() && now.getTime() <= Date.parse(leaf.validTo);
  return !distrust && inTime && leaf.checkHost(host, { subject: "never" }) !== undefined;
}

function compare(port: PortCertificate, all: readonly PortCertificate[]): Observation[] {
  const ofHost = all.filter(({ host, address }) => host === port.host && address === port.address);
  if (ofHost.length < 2) return [];
  const newest = ofHost.reduce((a, b) => (begin(b) > begin(a) ? b : a));
  if (newest.leaf.fingerprint256 === port.leaf.fingerprint256)
    return [{ outcome: "passed", what: `serves the certificate of ${date(port)}` }];
  const what = `serves the certificate of ${date(port)} (serial ${port.leaf.serialNumber})`;
  const other = `port ${newest.service.port} has that of ${date(newest)} (serial ${newest.leaf.serialNumber})`;
  return [{ outcome: "warning", what: `${what}, while ${other}` }];
}

function begin({ leaf }: PortCertificate): number {
  return Date.parse(leaf.validFrom);
}

function date({ leaf }: PortCertificate): string {
  return new Date(leaf.validFrom).toISOString().slice(0, 10);
}
