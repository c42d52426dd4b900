import { createHash, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type * as tls from "@pulumi/tls";
import { resource } from "../resource";
import { integer, text } from "../shape";
import { opensshPrivateKey, opensshPublicKey } from "./openssh";
import { newCertificateId } from "./subject";

/** A key pair. It is made once, and lives in the stack's state only. */
export function privateKey() {
  return resource<tls.PrivateKeyArgs, tls.PrivateKey>({
    inputs: {
      algorithm: text({ required: true, replaces: true, oneOf: ["RSA", "ECDSA", "ED25519"] }),
      ecdsaCurve: text({ computed: true, replaces: true, oneOf: Object.keys(curves) }),
      rsaBits: integer({ computed: true, replaces: true, min: 1024, max: 16_384 }),
    },
    secrets: ["privateKeyOpenssh", "privateKeyPem", "privateKeyPemPkcs8"],
    create: async (config) => {
      const ecdsaCurve = config.ecdsaCurve ?? "P224";
      const rsaBits = config.rsaBits ?? 2048;
      const { privateKey: key, publicKey } = await generate(config.algorithm, ecdsaCurve, rsaBits);
      // OpenSSH has no P-224.
      const wire =
        config.algorithm === "ECDSA" && ecdsaCurve === "P224" ? undefined : opensshPublicKey(publicKey);
      const state = {
        algorithm: config.algorithm,
        ecdsaCurve,
        privateKeyOpenssh: wire ? opensshPrivateKey(key, wire) : "",
        privateKeyPem: key.export({ format: "pem", type: traditionalFormat(config.algorithm) }).toString(),
        privateKeyPemPkcs8: key.export({ format: "pem", type: "pkcs8" }).toString(),
        publicKeyFingerprintMd5: wire ? hex(createHash("md5").update(wire.blob).digest()) : "",
        publicKeyFingerprintSha256: wire
          ? `SHA256:${unpadded(createHash("sha256").update(wire.blob).digest())}`
          : "",
        publicKeyOpenssh: wire ? `${wire.type} ${wire.blob.toString("base64")}\n` : "",
        publicKeyPem: publicKey.export({ format: "pem", type: "spki" }).toString(),
        rsaBits,
      };
      return { id: newCertificateId(state.publicKeyPem), state };
    },
    read: async (id, state) => (state.algorithm ? { id, state: state as Required<typeof state> } : undefined),
    delete: async () => {},
  });
}

const curves: Readonly<Record<string, string>> = {
  P224: "secp224r1",
  P256: "prime256v1",
  P384: "secp384r1",
  P521: "secp521r1",
};

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

function generate(algorithm: string, curve: string, modulusLength: number): Promise<KeyPair> {
  const generated = promisify(generateKeyPair);
  if (algorithm === "RSA") return generated("rsa", { modulusLength });
  if (algorithm === "ECDSA") return generated("ec", { namedCurve: curves[curve] ?? "" });
  return generated("ed25519", {});
}

/** The format that `BEGIN RSA PRIVATE KEY` and `BEGIN EC PRIVATE KEY` announce; Ed25519 has PKCS#8 only. */
function traditionalFormat(algorithm: string): "pkcs1" | "sec1" | "pkcs8" {
  if (algorithm === "RSA") return "pkcs1";
  return algorithm === "ECDSA" ? "sec1" : "pkcs8";
}

function hex(digest: Buffer): string {
  return digest.toString("hex").match(/../g)?.join(":") ?? "";
}

function unpadded(digest: Buffer): string {
  return digest.toString("base64").replace(/=+$/, "");
}
