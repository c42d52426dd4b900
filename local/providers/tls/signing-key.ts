import { createPrivateKey, createPublicKey, webcrypto } from "node:crypto";

/** A private key from PEM, as the certificate library takes it. */
export interface SigningKey {
  /** As the real provider's `keyAlgorithm`. */
  readonly name: "RSA" | "ECDSA" | "ED25519";
  readonly keys: webcrypto.CryptoKeyPair;
  readonly algorithm: webcrypto.EcdsaParams | webcrypto.Algorithm;
}

/** @throws if the text is no private key, or one of a curve that certificates are not made with here */
export async function signingKey(pem: string): Promise<SigningKey> {
  const key = readKey(pem);
  const { name, importing, algorithm } = parameters(
    key.asymmetricKeyType,
    key.asymmetricKeyDetails?.namedCurve,
  );
  const pkcs8 = key.export({ format: "der", type: "pkcs8" });
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  const [privateKey, publicKey] = await Promise.all([
    webcrypto.subtle.importKey("pkcs8", pkcs8, importing, true, ["sign"]),
    webcrypto.subtle.importKey("spki", spki, importing, true, ["verify"]),
  ]);
  return { name, keys: { privateKey, publicKey }, algorithm };
}

function readKey(pem: string) {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new Error(
      "privateKeyPem: no private key in PEM format; give the privateKeyPem of a tls.PrivateKey",
    );
  }
}

function parameters(type: string | undefined, curve: string | undefined) {
  if (type === "rsa") {
    const importing = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    return { name: "RSA" as const, importing, algorithm: importing };
  }
  if (type === "ed25519")
    return { name: "ED25519" as const, importing: { name: "Ed25519" }, algorithm: { name: "Ed25519" } };
  const known = type === "ec" ? webCurves[curve ?? ""] : undefined;
  if (!known)
    throw new Error(
      `privateKeyPem: the local cloud makes certificates for RSA, Ed25519, P256, P384 and P521, not for ${curve ?? type}. ` +
        "For an ECDSA key set ecdsaCurve: its default is P224, which no certificate authority takes",
    );
  const { namedCurve, hash } = known;
  return {
    name: "ECDSA" as const,
    importing: { name: "ECDSA", namedCurve },
    algorithm: { name: "ECDSA", hash },
  };
}

const webCurves: Readonly<Record<string, { readonly namedCurve: string; readonly hash: string }>> = {
  prime256v1: { namedCurve: "P-256", hash: "SHA-256" },
  secp384r1: { namedCurve: "P-384", hash: "SHA-384" },
  secp521r1: { namedCurve: "P-521", hash: "SHA-512" },
};
