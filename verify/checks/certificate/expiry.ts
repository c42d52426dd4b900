import type { X509Certificate } from "node:crypto";
import type { Check } from "../../check";
import { certificateOf, type PortCertificate } from "../../tls/certificates";
import { subjectName } from "../../tls/names";
import { conclude, type Observation, survey } from "../../tls/survey";

const day = 24 * 60 * 60 * 1000;
/** Renewal is usual when a third of the life is left: 30 days of 90. */
const soon = 14 * day;

export const certificateExpiry: Check = {
  id: "certificate-expiry",
  title: "No certificate has expired or is about to",
  asks: "Whether every certificate that a mail port serves is valid today and for two weeks to come.",
  source: "RFC 5280 section 4.1.2.5",
  severity: "high",
  run: async (subject) =>
    conclude(
      await survey(subject, async (port) => [observe(await certificateOf(subject, port), subject.now)]),
      () =>
        "Renew the certificate and reload every server that serves it; look why the renewal did not run by itself (systemctl list-timers, the ACME client's log, port 80 for HTTP-01).",
    ),
};

function observe({ leaf, path }: PortCertificate, now: Date): Observation {
  const expired = path.find((certificate) => validTo(certificate) < now.getTime());
  if (expired)
    return {
      outcome: "failed",
      what: `serves ${whose(expired, leaf)} that expired on ${date(validTo(expired))}`,
    };
  const early = path.find((certificate) => validFrom(certificate) > now.getTime());
  if (early)
    return {
      outcome: "failed",
      what: `serves ${whose(early, leaf)} that is not valid before ${date(validFrom(early))}`,
    };
  const left = validTo(leaf) - now.getTime();
  const until = `${date(validTo(leaf))}, ${Math.floor(left / day)} days from now`;
  // Certificates of six days are renewed at their own pace.
  return left < Math.min(soon, (validTo(leaf) - validFrom(leaf)) / 3)
    ? { outcome: "warning", what: `serves a certificate that expires on ${until}` }
    : { outcome: "passed", what: `serves a certificate that is valid until ${until}` };
}

function whose(certificate: X509Certificate, leaf: X509Certificate): string {
  return certificate === leaf
    ? "a certificate"
    : `the intermediate certificate of ${subjectName(certificate)}`;
}

function validTo({ validTo }: X509Certificate): number {
  return Date.parse(validTo);
}

function validFrom({ validFrom }: X509Certificate): number {
  return Date.parse(validFrom);
}

function date(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
