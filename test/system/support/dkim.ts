import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

export interface Signer {
  readonly domain: string;
  readonly selector: string;
  readonly algorithm: "rsa-sha256" | "ed25519-sha256";
  readonly key: KeyObject;
  /** The public key's TXT record in presentation format. */
  readonly record: string;
}

export function newSigner(domain: string, selector: string, algorithm: Signer["algorithm"]): Signer {
  const rsa = algorithm === "rsa-sha256";
  const { privateKey } = rsa
    ? generateKeyPairSync("rsa", { modulusLength: 2048 })
    : generateKeyPairSync("ed25519");
  const spki = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  // RFC 8463 section 4: the bare 32 octets, which are the last in this structure.
  const published = (rsa ? spki : spki.subarray(-32)).toString("base64");
  const text = `v=DKIM1; k=${rsa ? "rsa" : "ed25519"}; p=${published}`;
  const record = (text.match(/.{1,255}/g) ?? []).map((string) => `"${string}"`).join(" ");
  return { domain, selector, algorithm, key: privateKey, record };
}

/**
 * Signs a message, relaxed/relaxed (RFC 6376 section 3.4). Fields must be on one line and have no spaces to reduce,
 * the body no trailing spaces or empty lines.
 * @param fields for example `Subject: a`
 * @returns the message with the signatures on top
 */
export function signed(fields: readonly string[], body: string, signers: readonly Signer[]): string {
  const relaxed = (field: string) =>
    field.replace(/^([^:]+): */, (_, name: string) => `${name.toLowerCase()}:`);
  const names = fields.map((field) => field.split(":", 1)[0]).join(":");
  const bodyHash = createHash("sha256").update(`${body}\r\n`).digest("base64");
  const signatures = signers.map(({ domain, selector, algorithm, key }) => {
    const unsigned = `DKIM-Signature: v=1; a=${algorithm}; c=relaxed/relaxed; d=${domain}; s=${selector}; h=${names}; bh=${bodyHash}; b=`;
    const data = Buffer.from([...fields, unsigned].map(relaxed).join("\r\n"));
    // RFC 8463 section 3: Ed25519 signs the hash.
    const signature =
      algorithm === "rsa-sha256"
        ? sign("sha256", data, key)
        : sign(null, createHash("sha256").update(data).digest(), key);
    return unsigned + signature.toString("base64");
  });
  return [...signatures, ...fields, "", body, ""].join("\r\n");
}
