import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import "reflect-metadata";
import { Pkcs10CertificateRequest } from "@peculiar/x509";
import { describe, expect, it } from "vitest";
import * as operations from "../../../../local/providers/operations";
import { tls } from "../../../../local/providers/tls/package";
import { bareProperties, hasSecrets, type Properties } from "../../../../local/providers/values";
import { run } from "../../../../local/run";

const pkg = tls();
const keyType = { type: "tls:index/privateKey:PrivateKey", name: "key" };
const requestType = { type: "tls:index/certRequest:CertRequest", name: "request" };
const certificateType = { type: "tls:index/selfSignedCert:SelfSignedCert", name: "certificate" };

async function make(subject: operations.Subject, inputs: Properties): Promise<Properties> {
  const { inputs: checked, problems } = operations.check(pkg, subject, {}, inputs);
  expect(problems).toEqual([]);
  return (await operations.create(pkg, subject, checked, false)).state;
}

async function makeKey(inputs: Properties): Promise<Record<string, string>> {
  return bareProperties(await make(keyType, inputs)) as Record<string, string>;
}

const kinds: Properties[] = [
  { algorithm: "RSA", rsaBits: 2048 },
  { algorithm: "ED25519" },
  { algorithm: "ECDSA", ecdsaCurve: "P256" },
  { algorithm: "ECDSA", ecdsaCurve: "P384" },
  { algorithm: "ECDSA", ecdsaCurve: "P521" },
];

describe("a private key", () => {
  for (const kind of kinds)
    it(`${Object.values(kind).join(" ")} has all its forms, which are of one key`, async () => {
      const key = await makeKey(kind);
      const publicPem = (pem = "") =>
        createPublicKey(createPrivateKey(pem)).export({ format: "pem", type: "spki" });
      expect(publicPem(key.privateKeyPem)).toBe(key.publicKeyPem);
      expect(publicPem(key.privateKeyPemPkcs8)).toBe(key.publicKeyPem);
      expect(key.privateKeyPemPkcs8).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    });

  for (const kind of kinds)
    it(`${Object.values(kind).join(" ")} is read by OpenSSH's own tool`, async (context) => {
      if ((await run(["which", "ssh-keygen"], { accept: [0, 1] })).code)
        context.skip("ssh-keygen is not installed");
      const key = await makeKey(kind);
      const dir = await mkdtemp(join(tmpdir(), "pms-key-"));
      const file = join(dir, "key");
      await writeFile(file, key.privateKeyOpenssh ?? "", { mode: 0o600 });
      const { stdout: derived } = await run(["ssh-keygen", "-y", "-f", file]);
      expect(derived.split(" ").slice(0, 2).join(" ").trim()).toBe(key.publicKeyOpenssh?.trim());
      for (const [hash, expected] of [
        ["sha256", key.publicKeyFingerprintSha256],
        ["md5", `MD5:${key.publicKeyFingerprintMd5}`],
      ] as const)
        expect((await run(["ssh-keygen", "-l", "-E", hash, "-f", file])).stdout).toContain(` ${expected} `);
      await rm(dir, { recursive: true });
    });

  it("is secret in each of its private forms, and not in the public ones", async () => {
    const state = await make(keyType, { algorithm: "ED25519" });
    for (const [name, value] of Object.entries(state))
      expect(hasSecrets(value)).toBe(name.startsWith("privateKey"));
  });

  it("with ECDSA is of P224 unless told otherwise, as with the real provider, which certificates refuse", async () => {
    const key = await makeKey({ algorithm: "ECDSA" });
    expect(key).toMatchObject({ ecdsaCurve: "P224", publicKeyOpenssh: "" });
    await expect(make(requestType, { privateKeyPem: key.privateKeyPem ?? "" })).rejects.toThrow(
      "set ecdsaCurve",
    );
  });
});

describe("a signing request", () => {
  for (const kind of kinds)
    it(`with a key ${Object.values(kind).join(" ")} holds subject and names, and its signature is right`, async () => {
      const { privateKeyPem = "" } = await makeKey(kind);
      const { certRequestPem } = await make(requestType, {
        privateKeyPem,
        subject: { commonName: "mx.example.test", organization: "Example" },
        dnsNames: ["mx.example.test", "mta-sts.example.test"],
      });
      const request = new Pkcs10CertificateRequest(certRequestPem as string);
      expect(await request.verify()).toBe(true);
      expect(request.subject).toBe("O=Example, CN=mx.example.test");
      expect(request.getExtension("2.5.29.17")?.toString("text")).toContain("mta-sts.example.test");
    });
});

describe("a self-signed certificate", () => {
  const settings = { allowedUses: ["digital_signature", "server_auth"], dnsNames: ["mx.example.test"] };

  it("is good for its names from now on, for as long as it was asked for", async () => {
    const { privateKeyPem = "" } = await makeKey({ algorithm: "ECDSA", ecdsaCurve: "P256" });
    const state = bareProperties(
      await make(certificateType, { ...settings, privateKeyPem, validityPeriodHours: 48 }),
    );
    const certificate = new X509Certificate(state.certPem as string);
    expect(certificate.checkHost("mx.example.test")).toBe("mx.example.test");
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(privateKeyPem))).toBe(true);
    expect(Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)).toBe(48 * 3_600_000);
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
  });

  it("is replaced by the first update within its early renewal, and by none before", async () => {
    const { privateKeyPem = "" } = await makeKey({ algorithm: "ED25519" });
    const inputs = { ...settings, privateKeyPem, validityPeriodHours: 10 };
    for (const [earlyRenewalHours, expected] of [
      [9, []],
      [10, [["readyForRenewal", { kind: "update", replaces: true }]]],
    ] as const) {
      const all = { ...inputs, earlyRenewalHours };
      const state = await make(certificateType, all);
      const { differences } = operations.diff(pkg, certificateType, { old: all, new: all }, state);
      expect([...differences]).toEqual(expected);
      const found = await operations.read(pkg, certificateType, "id", all, state);
      expect(found?.state.readyForRenewal).toBe(expected.length > 0);
    }
  });
});
