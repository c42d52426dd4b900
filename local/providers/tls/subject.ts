import "reflect-metadata";
import { createHash } from "node:crypto";
import { isIP } from "node:net";
import * as x509 from "@peculiar/x509";
import type { types } from "@pulumi/tls";
import type { Plain } from "../plain";
import { list, object, text } from "../shape";

type Subject = Plain<types.input.CertRequestSubject>;

/** The inputs that a signing request and a certificate share, all of which replace. */
export const identityInputs = {
  dnsNames: list(text(), { replaces: true }),
  ipAddresses: list(text({ problem: (value) => (isIP(value) ? undefined : "is not an IP address") }), {
    replaces: true,
  }),
  privateKeyPem: text({ required: true, replaces: true }),
  subject: object<types.input.CertRequestSubject>(
    {
      commonName: text(),
      country: text(),
      emailAddress: text(),
      locality: text(),
      organization: text(),
      organizationalUnit: text(),
      postalCode: text(),
      province: text(),
      serialNumber: text(),
      streetAddresses: list(text()),
    },
    { replaces: true },
  ),
  uris: list(text(), { replaces: true }),
};

/** In the order in which Go's crypto/x509, and so the real provider, writes them. */
export function distinguishedName(subject: Subject | undefined): x509.JsonName {
  const attributes: [string, string | undefined][] = [
    ["C", subject?.country],
    ["O", subject?.organization],
    ["OU", subject?.organizationalUnit],
    ["L", subject?.locality],
    ["ST", subject?.province],
    ...(subject?.streetAddresses ?? []).map((street): [string, string] => ["2.5.4.9", street]),
    ["2.5.4.17", subject?.postalCode],
    ["CN", subject?.commonName],
    ["2.5.4.5", subject?.serialNumber],
    ["E", subject?.emailAddress],
  ];
  return attributes.flatMap(([name, value]) => (value ? [{ [name]: [value] }] : []));
}

interface Names {
  readonly dnsNames?: readonly string[];
  readonly ipAddresses?: readonly string[];
  readonly uris?: readonly string[];
}

export function alternativeNames({ dnsNames = [], ipAddresses = [], uris = [] }: Names): x509.Extension[] {
  const names: x509.JsonGeneralNames = [
    ...dnsNames.map((value) => ({ type: "dns" as const, value })),
    ...ipAddresses.map((value) => ({ type: "ip" as const, value })),
    ...uris.map((value) => ({ type: "url" as const, value })),
  ];
  return names.length ? [new x509.SubjectAlternativeNameExtension(names)] : [];
}

/** As the real provider's: the SHA-1 of what was made. */
export function newCertificateId(pem: string): string {
  return createHash("sha1").update(pem).digest("hex");
}
