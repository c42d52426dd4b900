import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { TestCertificate } from "../../support/certificates";
import { mailHost } from "../../support/tls-server";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const life = { notBefore: new Date("2026-11-01"), notAfter: new Date("2027-01-01") };

const rsa = (modulusLength: number) => ({
  ...{ name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength },
  publicExponent: new Uint8Array([1, 0, 1]),
});
const generate = (kind: typeof algorithm | ReturnType<typeof rsa> = algorithm) =>
  webcrypto.subtle.generateKey(kind, true, ["sign", "verify"]);
const pem = async (key: webcrypto.CryptoKey) =>
  x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
const forHost = new x509.SubjectAlternativeNameExtension([{ type: "dns", value: "mx.example.com" }]);

/** As a fresh installation makes it. */
export async function selfSigned(dates: Partial<typeof life> = {}): Promise<TestCertificate> {
  const keys = await generate();
  const name = "CN=mx.example.com";
  const extensions = [forHost];
  const options = { ...life, ...dates, name, keys, signingAlgorithm: algorithm, extensions };
  const cert = await x509.X509CertificateGenerator.createSelfSigned(options);
  return { cert: cert.toString("pem"), key: await pem(keys.privateKey) };
}

export interface Hierarchy {
  /** PEM. */
  readonly root: string;
  /** The leaf with the intermediate, as it should be served. */
  readonly whole: TestCertificate;
  readonly leafAlone: TestCertificate;
}

/**
 * An authority as the public ones are: the root's key signs an intermediate, whose key signs the certificates.
 * @param options of the intermediate's certificate
 */
export async function hierarchy(
  options: { readonly hash?: "SHA-256" | "SHA-1"; readonly notAfter?: Date; readonly rsaBits?: number } = {},
): Promise<Hierarchy> {
  const signing = options.rsaBits ? rsa(options.rsaBits) : algorithm;
  const [rootKeys, keys, own] = await Promise.all([generate(), generate(signing), generate()]);
  const notBefore = new Date("2020-01-01");
  const isAuthority = [new x509.BasicConstraintsExtension(true, undefined, true)];
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    ...{ notBefore, notAfter: new Date("2040-01-01"), name: "CN=Old root", keys: rootKeys },
    ...{ signingAlgorithm: algorithm, extensions: isAuthority },
  });
  const between = await x509.X509CertificateGenerator.create({
    ...{ notBefore, notAfter: options.notAfter ?? new Date("2040-01-01"), extensions: isAuthority },
    ...{ subject: "CN=Old intermediate", issuer: "CN=Old root", publicKey: keys.publicKey },
    ...{
      signingKey: rootKeys.privateKey,
      signingAlgorithm: { ...algorithm, hash: options.hash ?? "SHA-256" },
    },
  });
  const leaf = await x509.X509CertificateGenerator.create({
    ...{ ...life, extensions: [forHost], signingAlgorithm: signing, signingKey: keys.privateKey },
    // The subject is empty, as in ACME's certificates of today.
    ...{ subject: "", issuer: "CN=Old intermediate", publicKey: own.publicKey },
  });
  const key = await pem(own.privateKey);
  const cert = leaf.toString("pem");
  const whole = { cert: `${cert}\n${between.toString("pem")}`, key };
  return { root: root.toString("pem"), whole, leafAlone: { cert, key } };
}

/** A host whose certificates are of this hierarchy and lead, for those who know it, to its root. */
export async function hostOf({ root, whole }: Hierarchy, except: Parameters<typeof mailHost>[1] = {}) {
  const world = await mailHost(whole, except);
  return { ...world, authorities: [root] };
}
