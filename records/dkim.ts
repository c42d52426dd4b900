import { createPublicKey, type KeyObject } from "node:crypto";
import { type DnsRecord, HOUR } from "./record";
import { quoteTxt } from "./txt";

/** Where a DKIM key is published (RFC 6376 section 3.6.2.1); `content` is made by {@link dkimContent}. */
export function dkimRecord<Content>(selector: string, domain: string, content: Content): DnsRecord<Content> {
  return { name: `${selector}._domainkey.${domain}`, type: "TXT", ttl: HOUR, content };
}

/**
 * The content of a DKIM key record: an RSA key as its SubjectPublicKeyInfo (RFC 6376 section 3.6.1), an Ed25519 key as
 * its 32 bytes alone (RFC 8463 section 4.2).
 *
 * @param publicKeyPem a public key in PEM, RSA of at least 2048 bits or Ed25519
 * @throws RangeError for any other key
 */
export function dkimContent(publicKeyPem: string): string {
  const key = createPublicKey(publicKeyPem);
  return quoteTxt(`v=DKIM1; k=${key.asymmetricKeyType}; p=${keyData(key).toString("base64")}`);
}

function keyData(key: KeyObject): Buffer {
  switch (key.asymmetricKeyType) {
    case "rsa": {
      const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
      // RFC 8301 section 3.2: signers should use 2048 bits; less is no longer worth publishing.
      if (bits < 2048) throw new RangeError(`a DKIM key of RSA takes at least 2048 bits, got ${bits}`);
      return key.export({ format: "der", type: "spki" });
    }
    case "ed25519":
      return Buffer.from(key.export({ format: "jwk" }).x ?? "", "base64url");
    default:
      throw new RangeError(`a DKIM key is RSA or Ed25519, got ${key.asymmetricKeyType}`);
  }
}
