import type { X509Certificate } from "node:crypto";

/** The common name of a subject or issuer, else all of it, on one line. */
export function subjectName(distinguishedName: string): string {
  return /^CN=(.*)$/m.exec(distinguishedName)?.[1] ?? distinguishedName.replaceAll("\n", ", ");
}

/** The DNS names that a certificate is for. */
export function certifiedNames({ subjectAltName = "" }: X509Certificate): readonly string[] {
  return [...subjectAltName.matchAll(/DNS:([^,\s]+)/g)].map(([, name = ""]) => name);
}
