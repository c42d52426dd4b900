import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import type * as tls from "@pulumi/tls";
import type { types } from "@pulumi/tls";
import type { Plain } from "../plain";
import { resource } from "../resource";
import { notEmulated } from "../shape";
import { signingKey } from "./signing-key";
import { alternativeNames, distinguishedName, identityInputs, newCertificateId } from "./subject";

/** A certificate signing request (PKCS#10, RFC 2986). */
export function certRequest() {
  return resource<tls.CertRequestArgs, tls.CertRequest>({
    inputs: { ...identityInputs, privateKeyPemWo: notEmulated, privateKeyPemWoVersion: notEmulated },
    secrets: ["privateKeyPem"],
    create: async (config) => {
      const { name, keys, algorithm } = await signingKey(config.privateKeyPem ?? "");
      const request = await x509.Pkcs10CertificateRequestGenerator.create({
        name: distinguishedName(config.subject),
        keys,
        signingAlgorithm: algorithm,
        extensions: alternativeNames(config),
      });
      const certRequestPem = `${request.toString("pem").trimEnd()}\n`;
      const state = {
        certRequestPem,
        dnsNames: config.dnsNames,
        ipAddresses: config.ipAddresses,
        keyAlgorithm: name,
        privateKeyPem: config.privateKeyPem,
        privateKeyPemWo: undefined,
        privateKeyPemWoVersion: undefined,
        subject: config.subject as Plain<types.output.CertRequestSubject> | undefined,
        uris: config.uris,
      };
      return { id: newCertificateId(certRequestPem), state };
    },
    read: async (id, state) =>
      state.certRequestPem ? { id, state: state as Required<typeof state> } : undefined,
    delete: async () => {},
  });
}
