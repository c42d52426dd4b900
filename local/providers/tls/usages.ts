import "reflect-metadata";
import * as x509 from "@peculiar/x509";

/**
 * Key usages (RFC 5280 section 4.2.1.3) by the names that the provider takes; the list in the SDK's doc comment has
 * them in camel case by mistake, its example has them right.
 */
const keyUsages: Readonly<Record<string, x509.KeyUsageFlags>> = {
  cert_signing: x509.KeyUsageFlags.keyCertSign,
  content_commitment: x509.KeyUsageFlags.nonRepudiation,
  crl_signing: x509.KeyUsageFlags.cRLSign,
  data_encipherment: x509.KeyUsageFlags.dataEncipherment,
  decipher_only: x509.KeyUsageFlags.decipherOnly,
  digital_signature: x509.KeyUsageFlags.digitalSignature,
  encipher_only: x509.KeyUsageFlags.encipherOnly,
  key_agreement: x509.KeyUsageFlags.keyAgreement,
  key_encipherment: x509.KeyUsageFlags.keyEncipherment,
};

/** Extended key usages (RFC 5280 section 4.2.1.12). */
const extendedUsages: Readonly<Record<string, string>> = {
  any_extended: "2.5.29.37.0",
  client_auth: x509.ExtendedKeyUsage.clientAuth,
  code_signing: x509.ExtendedKeyUsage.codeSigning,
  email_protection: x509.ExtendedKeyUsage.emailProtection,
  ocsp_signing: x509.ExtendedKeyUsage.ocspSigning,
  server_auth: x509.ExtendedKeyUsage.serverAuth,
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
