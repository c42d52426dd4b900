import "reflect-metadata";
import * as x509 from "@peculiar/x509";

/** Key usages (RFC 5280 section 4.2.1.3) by the names that the provider takes. */
const keyUsages: Readonly<Record<string, x509.KeyUsageFlags>> = {
  certSigning: x509.KeyUsageFlags.keyCertSign,
  contentCommitment: x509.KeyUsageFlags.nonRepudiation,
  crlSigning: x509.KeyUsageFlags.cRLSign,
  dataEncipherment: x509.KeyUsageFlags.dataEncipherment,
  decipherOnly: x509.KeyUsageFlags.decipherOnly,
  digitalSignature: x509.KeyUsageFlags.digitalSignature,
  encipherOnly: x509.KeyUsageFlags.encipherOnly,
  keyAgreement: x509.KeyUsageFlags.keyAgreement,
  keyEncipherment: x509.KeyUsageFlags.keyEncipherment,
};

/** Extended key usages (RFC 5280 section 4.2.1.12). */
const extendedUsages: Readonly<Record<string, string>> = {
  anyExtended: "2.5.29.37.0",
  clientAuth: x509.ExtendedKeyUsage.clientAuth,
  codeSigning: x509.ExtendedKeyUsage.codeSigning,
  emailProtection: x509.ExtendedKeyUsage.emailProtection,
  ocspSigning: x509.ExtendedKeyUsage.ocspSigning,
  serverAuth: x509.ExtendedKeyUsage.serverAuth,
  timestamping: x509.ExtendedKeyUsage.timeStamping,
};

export const usages = [...Object.keys(keyUsages), ...Object.keys(extendedUsages)];

export function usageExtensions(wanted: readonly string[]): x509.Extension[] {
  const flags = wanted.reduce((sum, usage) => sum | (keyUsages[usage] ?? 0), 0);
  const extended = wanted.flatMap((usage) => extendedUsages[usage] ?? []);
  return [
    ...(flags ? [new x509.KeyUsagesExtension(flags, true)] : []),
    ...(extended.length ? [new x509.ExtendedKeyUsageExtension(extended)] : []),
  ];
}
