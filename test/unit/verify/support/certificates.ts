import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

export interface TestCertificate {
  /** The certificate and the intermediate that signed it, PEM. */
  readonly cert: string;
  /** PKCS#8, PEM. */
  readonly key: string;
}

export interface CertificateOptions {
  readonly names: readonly string[];
  /** @default 2026-11-01 */
  readonly notBefore?: Date;
  /** @default 2027-01-01 */
  readonly notAfter?: Date;
  /** @default "P-256" */
  readonly keyType?: "P-256" | "P-384" | "RSA-2048" | "RSA-3072" | "RSA-1024";
  /** Of the signature on it. @default "SHA-256" */
  readonly hash?: "SHA-256" | "SHA-1";
  /** A key that another certificate has already, PKCS#8 PEM, of the same type. */
  readonly key?: string;
}

export interface TestAuthority {
  /** PEM. */
  readonly root: string;
  issue(options: CertificateOptions): Promise<TestCertificate>;
}

const rsaHash = "SHA-256";

/**
 * A certificate authority; the clock of the tests is 2026-11-24, Node's own is the machine's.
 * @param organization named after a real one, because CAA records name issuers by what their certificates say
 */
export async function testAuthority(organization = "Let's Encrypt"): Promise<TestAuthority> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const name = `CN=Test root, O=${organization}`;
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    notBefore: new Date("2026-01-01"),
    notAfter: new Date("2036-01-01"),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    root: root.toString("pem"),
    issue: async ({ names, keyType = "P-256", hash = "SHA-256", notBefore, notAfter, key }) => {
      const own = await keyPair(keyType, key);
      const cert = await x509.X509CertificateGenerator.create({
        subject: `CN=${names[0]}`,
        issuer: name,
        notBefore: notBefore ?? new Date("2026-11-01"),
        notAfter: notAfter ?? new Date("2027-01-01"),
        signingAlgorithm: { ...algorithm, hash },
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
          new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: "dns", value }))),
          await x509.AuthorityKeyIdentifierExtension.create(root.publicKey),
        ],
      });
      const der = await webcrypto.subtle.exportKey("pkcs8", own.privateKey);
      return { cert: cert.toString("pem"), key: x509.PemConverter.encode(der, "PRIVATE KEY") };
    },
  };
}

async function keyPair(
  type: NonNullable<CertificateOptions["keyType"]>,
  pem?: string,
): Promise<{ publicKey: x509.PublicKeyType; privateKey: webcrypto.CryptoKey }> {
  const algorithm = type.startsWith("RSA")
    ? {
        name: "RSASSA-PKCS1-v1_5",
        hash: rsaHash,
        modulusLength: Number(type.slice(4)),
        publicExponent: new Uint8Array([1, 0, 1]),
      }
    : { name: "ECDSA", namedCurve: type, hash: "SHA-256" };
  if (!pem) return webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const der = x509.PemConverter.decodeFirst(pem);
  const privateKey = await webcrypto.subtle.importKey("pkcs8", der, algorithm, true, ["sign"]);
  const { d, ...publicPart } = await webcrypto.subtle.exportKey("jwk", privateKey);
  const { p, q, dp, dq, qi, key_ops, ...jwk } = publicPart;
  return { privateKey, publicKey: await webcrypto.subtle.importKey("jwk", jwk, algorithm, true, ["verify"]) };
}
