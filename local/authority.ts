import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { isIP } from "node:net";
import { join } from "node:path";
import * as x509 from "@peculiar/x509";

/** The certificate authority that every machine of one local cloud trusts, as the real ones trust the public web's. */
export interface Authority {
  readonly rootPem: string;
  /**
   * Issues a server certificate with a new ECDSA P-256 key, good for a year.
   * @param names DNS names (the left-most label may be `*`) or IP addresses, at least one
   */
  issue(names: readonly string[]): Promise<IssuedCertificate>;
}

export interface IssuedCertificate {
  readonly certPem: string;
  /** PKCS#8. */
  readonly keyPem: string;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const day = 24 * 60 * 60 * 1000;

/** Opens the authority kept in a folder, and founds it there the first time. */
export async function openAuthority(dir: string): Promise<Authority> {
  const root = (await load(dir)) ?? (await found(dir));
  return { rootPem: root.cert.toString("pem"), issue: (names) => issue(root, names) };
}

interface Root {
  readonly cert: x509.X509Certificate;
  readonly key: webcrypto.CryptoKey;
}

async function load(dir: string): Promise<Root | undefined> {
  let pem: string;
  try {
    pem = await readFile(join(dir, "root.pem"), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const cert = new x509.X509Certificate(pem);
  const der = x509.PemConverter.decodeFirst(await readFile(join(dir, "root.key"), "utf8"));
  return { cert, key: await webcrypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]) };
}

async function found(dir: string): Promise<Root> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=Local cloud root",
    ...validity(3650),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await writeFile(join(dir, "root.key"), await privateKeyPem(keys.privateKey), { mode: 0o600 });
  // The certificate comes last and in one piece: where it is, the key is.
  await writeFile(join(dir, "root.pem.new"), cert.toString("pem"));
  await rename(join(dir, "root.pem.new"), join(dir, "root.pem"));
  return { cert, key: keys.privateKey };
}

async function issue(root: Root, names: readonly string[]): Promise<IssuedCertificate> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const cert = await x509.X509CertificateGenerator.create({
    subject: [{ CN: [names[0] ?? ""] }],
    issuer: root.cert.subject,
    ...validity(365),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: root.key,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) ? ("ip" as const) : ("dns" as const), value })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(root.cert.publicKey),
    ],
  });
  return { certPem: cert.toString("pem"), keyPem: await privateKeyPem(keys.privateKey) };
}

/** From yesterday, so that a machine whose clock is a little late accepts it. */
function validity(days: number): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - day), notAfter: new Date(now + days * day) };
}

async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  return `${x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY")}\n`;
}
