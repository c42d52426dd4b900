import { createHash } from "node:crypto";

/** A zone's public key, as its DNSKEY record has it (RFC 4034 section 2). */
export interface ZoneKey {
  /** 257 for a key that a parent's DS record can point to. */
  readonly flags: number;
  readonly algorithm: number;
  /** In base64. */
  readonly publicKey: string;
}

/** A DS record (RFC 4034 section 5). */
export interface DelegationSigner {
  readonly keyTag: number;
  readonly algorithm: number;
  /** 2 is SHA-256. */
  readonly digestType: number;
  /** In upper-case hexadecimal. */
  readonly digest: string;
}

/** The DS record that points to a zone's key, by SHA-256 (RFC 4509). */
export function delegationSigner(zone: string, key: ZoneKey): DelegationSigner {
  const data = keyData(key);
  const digest = createHash("sha256").update(wireName(zone)).update(data).digest("hex").toUpperCase();
  return { keyTag: keyTag(data), algorithm: key.algorithm, digestType: 2, digest };
}

/** `KEYTAG ALGORITHM DIGESTTYPE DIGEST`, the form in which registrars ask for it. */
export function dsText({ keyTag, algorithm, digestType, digest }: DelegationSigner): string {
  return `${keyTag} ${algorithm} ${digestType} ${digest}`;
}

/**
 * Reads DS records one after the other, each as registrars ask for it or as a whole record; a digest may be cut by
 * spaces.
 * @throws in words for who typed it
 */
export function parseDs(text: string): DelegationSigner[] {
  const words = text
    .replaceAll(/\S+\.\s+(\d+\s+)?(IN\s+)?DS\s+/gi, "")
    .split(/\s+/)
    .filter(Boolean);
  const found: DelegationSigner[] = [];
  while (words.length > 0) {
    const [keyTag = "", algorithm = "", digestType = ""] = words.splice(0, 3);
    const wanted = digestLengths[digestType] ?? 0;
    let digest = "";
    while (digest.length < wanted && words.length > 0) digest += words.shift()?.toUpperCase();
    const right = [keyTag, algorithm].every((number) => /^\d{1,5}$/.test(number) && Number(number) < 65_536);
    if (!right || wanted === 0 || digest.length !== wanted || !/^[0-9A-F]+$/.test(digest)) throw notDs(text);
    found.push({
      keyTag: Number(keyTag),
      algorithm: Number(algorithm),
      digestType: Number(digestType),
      digest,
    });
  }
  if (found.length > 0) return found;
  throw notDs(text);
}

function notDs(text: string): Error {
  return new Error(
    `"${text}" is no DS record: wanted is KEYTAG ALGORITHM DIGESTTYPE DIGEST, the digest in hexadecimal with 64 digits for type 2.`,
  );
}

/** In hexadecimal digits: SHA-1, SHA-256, SHA-384. */
const digestLengths: Readonly<Record<string, number>> = { 1: 40, 2: 64, 4: 96 };

function keyData({ flags, algorithm, publicKey }: ZoneKey): Buffer {
  const head = Buffer.from([flags >> 8, flags & 0xff, 3, algorithm]);
  return Buffer.concat([head, Buffer.from(publicKey, "base64")]);
}

/** RFC 4034 appendix B. */
function keyTag(data: Buffer): number {
  const sum = data.reduce((total, byte, index) => total + (index % 2 ? byte : byte << 8), 0);
  return (sum + (sum >> 16)) & 0xffff;
}

/** A name as it is sent (RFC 1035 section 3.1), in lower case. */
function wireName(name: string): Buffer {
  const labels = name.toLowerCase().split(".").filter(Boolean);
  return Buffer.concat([
    ...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ]);
}
