import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";

/**
 * The certificates from the leaf up to a trusted authority, without that authority's own, whatever the dates in them
 * say; undefined when none of the paths ends at one. The authority is tried first, as OpenSSL does: a longer
 * way over a cross-signed certificate that has expired is no fault.
 * @param chain as the server sent it, the leaf first
 * @param authorities PEM, beside Node's own
 */
export function trustedPath(
  chain: readonly X509Certificate[],
  authorities: readonly string[],
): readonly X509Certificate[] | undefined {
  const anchors = [...authorities.flatMap(certificatesIn), ...roots()];
  const [leaf, ...others] = chain;
  if (!leaf) return undefined;
  const path = [leaf];
  for (let last = leaf; ; path.push(last)) {
    if (anchors.some((anchor) => anchor.fingerprint256 === last.fingerprint256 || issued(anchor, last)))
      return path;
    const issuer = others.find((candidate) => !path.includes(candidate) && issued(candidate, last));
    if (!issuer) return undefined;
    last = issuer;
  }
}

function issued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/** @param pem a file of authorities may have several */
function certificatesIn(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block));
}

let parsed: readonly X509Certificate[] | undefined;

function roots(): readonly X509Certificate[] {
  parsed ??= rootCertificates.map((pem) => new X509Certificate(pem));
  return parsed;
}
