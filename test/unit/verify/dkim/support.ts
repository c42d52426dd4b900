import { generateKeyPairSync, type KeyObject } from "node:crypto";

/** The value of p= for an RSA key of so many bits, as SubjectPublicKeyInfo. */
export function rsaKey(bits = 2048, type: "spki" | "pkcs1" = "spki"): string {
  const kept = keys.get(bits) ?? generateKeyPairSync("rsa", { modulusLength: bits }).publicKey;
  keys.set(bits, kept);
  return kept.export({ format: "der", type }).toString("base64");
}

const keys = new Map<number, KeyObject>();

/** The same for an Ed25519 key: its 32 octets, or its SubjectPublicKeyInfo. */
export function ed25519Key(form: "raw" | "spki" = "raw"): string {
  const spki = generateKeyPairSync("ed25519").publicKey.export({ format: "der", type: "spki" });
  return (form === "raw" ? spki.subarray(-32) : spki).toString("base64");
}

/** A zone with one key, and whatever else. */
export function zoneWith(record: string, selector = "mail") {
  return { [`${selector}._domainkey.example.com TXT`]: [record] };
}

/** A value as two strings, split where the limit of 255 splits it. */
export function split(value: string): string {
  return `"${value.slice(0, 255)}" "${value.slice(255)}"`;
}
