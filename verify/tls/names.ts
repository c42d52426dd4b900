import type { X509Certificate } from "node:crypto";

/** The common name of an issuer, else all of its name, on one line. */
export function issuerName({ issuer }: X509Certificate): string {
  return shortName(issuer) ?? "an authority without a name";
}

/** The common name of a subject, else the first DNS name: ACME's certificates of today have an empty subject. */
export function subjectName(certificate: X509Certificate): string {
  return shortName(certificate.subject) ?? certifiedNames(certificate)[0] ?? "a subject without a name";
}

/** The DNS names that a certificate is for. */
export function certifiedNames({ subjectAltName = "" }: X509Certificate): readonly string[] {
  return [...subjectAltName.matchAll(/DNS:([^,\s]+)/g)].map(([, name = ""]) => name);
}

/** @param distinguishedName a line an attribute; undefined when it is empty, against Node's declaration */
function shortName(distinguishedName: string | undefined): string | undefined {
  if (!distinguishedName) return undefined;
  return /^CN=(.*)$/m.exec(distinguishedName)?.[1] ?? distinguishedName.replaceAll("\n", ", ");
}
