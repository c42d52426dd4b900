import type { X509Certificate } from "node:crypto";
import type { Check } from "../../check";
import { certificateOf, type PortCertificate } from "../../tls/certificates";
import { issuerName, subjectName } from "../../tls/names";
import { conclude, type Observation, survey } from "../../tls/survey";

export const certificateTrusted: Check = {
  id: "certificate-trusted",
  title: "Every mail port's certificate is trusted",
  asks: "Whether each certificate leads, over the intermediates that the server sends, to an authority that mail programs trust; its dates and names are other checks'.",
  source: "RFC 5280 section 6.1; RFC 8446 section 4.4.2; RFC 8314 section 3",
  severity: "high",
  run: async (subject) =>
    conclude(
      await survey(subject, async (port): Promise<Observation[]> => {
        const certificate = await certificateOf(subject, port);
        if (certificate.distrust) return [untrusted(certificate)];
        const authority = issuerName(certificate.path.at(-1) ?? certificate.leaf);
        return [{ outcome: "passed", what: `serves a certificate that ${authority} vouches for` }];
      }),
      () =>
        "Serve a certificate of a public authority with its intermediates, fullchain.pem of the ACME client (Postfix: smtpd_tls_chain_files; Dovecot: ssl_server_cert_file), then reload the server.",
    ),
};

/** Mail programs refuse it; senders of mail mostly go on, unless a policy tells them not to (RFC 7435). */
function untrusted({ service, ...certificate }: PortCertificate): Observation {
  return { outcome: service.port === 25 ? "warning" : "failed", what: `serves ${why(certificate)}` };
}

function why({ leaf, chain, distrust }: Pick<PortCertificate, "leaf" | "chain" | "distrust">): string {
  const last = chain.at(-1) ?? leaf;
  if (isSelfIssued(leaf)) return `a self-signed certificate (${subjectName(leaf)})`;
  if (isSelfIssued(last)) return `a certificate of the unknown authority ${subjectName(last)}`;
  if (!distrust?.startsWith("UNABLE_TO")) return `a certificate whose chain does not hold (${distrust})`;
  return chain.length > 1
    ? `a certificate of the unknown authority ${issuerName(last)}`
    : `a certificate without that of its issuer, ${issuerName(last)}, which is not known`;
}

function isSelfIssued({ subject, issuer }: X509Certificate): boolean {
  return subject === issuer;
}
