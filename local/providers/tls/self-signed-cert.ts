import "reflect-metadata";
import { randomBytes } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type * as tls from "@pulumi/tls";
import type { types } from "@pulumi/tls";
import type { Plain } from "../plain";
import { resource } from "../resource";
import { flag, integer, list, notEmulated, text } from "../shape";
import { signingKey } from "./signing-key";
import { alternativeNames, distinguishedName, identityInputs, newCertificateId } from "./subject";
import { usageExtensions, usages } from "./usages";

/**
 * A certificate signed by its own key. As with the real provider nothing renews it by itself: an update that runs
 * within `earlyRenewalHours` of its end replaces it.
 */
export function selfSignedCert() {
  return resource<tls.SelfSignedCertArgs, tls.SelfSignedCert>({
    inputs: {
      ...identityInputs,
      allowedUses: list(text({ oneOf: usages }), { required: true, replaces: true }),
      earlyRenewalHours: integer({ computed: true, min: 0 }),
      isCaCertificate: flag({ computed: true, replaces: true }),
      maxPathLength: notEmulated,
      privateKeyPemWo: notEmulated,
      privateKeyPemWoVersion: notEmulated,
      setAuthorityKeyId: flag({ computed: true, replaces: true }),
      setSubjectKeyId: flag({ computed: true, replaces: true }),
      validityPeriodHours: integer({ required: true, replaces: true, min: 0 }),
    },
    secrets: ["privateKeyPem"],
    due: (state) => (isDue(state.validityEndTime, state.earlyRenewalHours) ? ["readyForRenewal"] : []),
    create: async (config) => {
      const state = await sign(config);
      return { id: newCertificateId(state.certPem), state };
    },
    read: async (id, state) => {
      if (!state.certPem) return undefined;
      const readyForRenewal = isDue(state.validityEndTime ?? "", state.earlyRenewalHours ?? 0);
      return { id, state: { ...(state as Required<typeof state>), readyForRenewal } };
    },
    update: async (_, config, state) => ({ ...state, earlyRenewalHours: config.earlyRenewalHours ?? 0 }),
    delete: async () => {},
  });
}

async function sign(config: Plain<tls.SelfSignedCertArgs>) {
  const { name, keys, algorithm } = await signingKey(config.privateKeyPem ?? "");
  const ca = config.isCaCertificate ?? false;
  // Certificates count in whole seconds.
  const start = new Date(Math.floor(Date.now() / 1000) * 1000);
  const end = new Date(start.getTime() + config.validityPeriodHours * hour);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: `01${randomBytes(15).toString("hex")}`,
    name: distinguishedName(config.subject),
    notBefore: start,
    notAfter: end,
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(ca, undefined, true),
      ...usageExtensions(config.allowedUses),
      ...alternativeNames(config),
      ...(config.setSubjectKeyId || ca
        ? [await x509.SubjectKeyIdentifierExtension.create(keys.publicKey)]
        : []),
      ...(config.setAuthorityKeyId
        ? [await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey)]
        : []),
    ],
  });
  return {
    allowedUses: config.allowedUses,
    certPem: `${certificate.toString("pem").trimEnd()}\n`,
    dnsNames: config.dnsNames,
    earlyRenewalHours: config.earlyRenewalHours ?? 0,
    ipAddresses: config.ipAddresses,
    isCaCertificate: ca,
    keyAlgorithm: name,
    maxPathLength: -1,
    privateKeyPem: config.privateKeyPem,
    privateKeyPemWo: undefined,
    privateKeyPemWoVersion: undefined,
    readyForRenewal: false,
    setAuthorityKeyId: config.setAuthorityKeyId ?? false,
    setSubjectKeyId: config.setSubjectKeyId ?? false,
    subject: config.subject as Plain<types.output.SelfSignedCertSubject> | undefined,
    uris: config.uris,
    validityEndTime: end.toISOString(),
    validityPeriodHours: config.validityPeriodHours,
    validityStartTime: start.toISOString(),
  };
}

function isDue(end: string, earlyHours: number): boolean {
  return Date.now() >= Date.parse(end) - earlyHours * hour;
}

/** In milliseconds. */
const hour = 3_600_000;
