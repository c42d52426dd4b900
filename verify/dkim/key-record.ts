import { createPublicKey, type KeyObject } from "node:crypto";
import { parseTagList, type SyntaxProblem, show } from "../tag-list";

/** A DKIM key as DNS has it (RFC 6376 section 3.6.1). */
export interface DkimKeyRecord {
  /** The value of the TXT record, its strings joined. */
  readonly text: string;
  /** What breaks the grammar; where there is something, verifiers may find no key. */
  readonly problems: readonly SyntaxProblem[];
  /** The tag k: "rsa" when it is not there. */
  readonly keyType: string;
  /** The tag h, lower case; undefined allows all. */
  readonly hashes?: readonly string[];
  /** The tag s: "*" when it is not there. */
  readonly services: readonly string[];
  /** The tag t. */
  readonly flags: readonly string[];
  /** p is there and empty. */
  readonly revoked: boolean;
  /** What p holds, whatever k says; undefined when revoked or no key. */
  readonly key?: PublicKey;
}

export type PublicKey =
  | { readonly type: "rsa" /** Of the modulus. */; readonly bits: number }
  | { readonly type: "ed25519" }
  /** A key that DKIM has no use for: its name in OpenSSL. */
  | { readonly type: "other"; readonly name: string };

/**
 * Whether a TXT record is there to be a DKIM key, however broken: a wildcard may answer for any selector with something
 * else.
 */
export function isMeantAsKey(text: string): boolean {
  const version = /^[\s"\\]*v\s*=\s*([^;\s]*)/i.exec(text);
  if (version) return /^dkim/i.test(version[1] ?? "");
  return /(^|[;\s"\\])p\s*=/.test(text);
}

export function parseKeyRecord(text: string): DkimKeyRecord {
  const { tags, problems: broken } = parseTagList(text);
  const problems = [...broken];
  const at = (tag: string) => Math.max(0, text.search(new RegExp(`(^|[;\\s])${tag}\\s*=`)));
  const complain = (message: string, position = 0) => problems.push({ position, message });

  const version = tags.get("v");
  if (version !== undefined && version !== "DKIM1") complain(`v= is ${show(version)}, not DKIM1`, at("v"));
  if (version !== undefined && [...tags.keys()][0] !== "v") complain("v= is not the first tag", at("v"));
  const data = tags.get("p")?.replace(/[ \t\r\n]+/g, "");
  if (data === undefined) complain(`there is no tag p= with the key${lookalike(tags)}`);

  const keyType = tags.get("k") ?? "rsa";
  const decoded = data ? decodeKey(data) : undefined;
  if (typeof decoded === "string") complain(`p= ${decoded}`, at("p"));
  if (/[\s;=]/.test(keyType)) complain(`k= is ${show(keyType)}`, at("k"));
  return {
    text,
    problems,
    keyType: keyType.toLowerCase(),
    hashes: tags.has("h") ? list(tags.get("h")).map((hash) => hash.toLowerCase()) : undefined,
    services: list(tags.get("s") ?? "*"),
    flags: list(tags.get("t")),
    revoked: data === "",
    key: typeof decoded === "string" ? undefined : decoded,
  };
}

function list(value = ""): string[] {
  return value
    .split(":")
    .map((item) => item.trim())
    .filter(Boolean);
}

function lookalike(tags: ReadonlyMap<string, string>): string {
  return tags.has("P") ? "; tag names are lower case (RFC 6376 section 3.2)" : "";
}

/** @returns the key, or what is wrong with it */
function decodeKey(base64: string): PublicKey | string {
  const stray = /[^A-Za-z0-9+/=]/u.exec(base64) ?? /=(?!=?$)/.exec(base64);
  if (stray) return `is no base64: ${JSON.stringify(stray[0])} is in it after ${stray.index} characters`;
  if (base64.length % 4 !== 0)
    return `is no whole base64: it has ${base64.length} characters, no multiple of 4`;
  const der = Buffer.from(base64, "base64");
  // RFC 8463 section 4.2: the 32 octets alone.
  if (der.length === 32) return { type: "ed25519" };
  const key = read(der, "spki") ?? read(der, "pkcs1");
  switch (key?.asymmetricKeyType) {
    case undefined:
      return `is no public key: ${der.length} octets that are neither an RSA key nor the 32 of an Ed25519 key`;
    case "rsa":
      return { type: "rsa", bits: key?.asymmetricKeyDetails?.modulusLength ?? 0 };
    case "ed25519":
      return "has the Ed25519 key in a SubjectPublicKeyInfo, where its last 32 octets alone belong (RFC 8463 section 4.2)";
    default:
      return { type: "other", name: key?.asymmetricKeyType ?? "" };
  }
}

/** RFC 6376 says RSAPublicKey (`pkcs1`), its errata and everyone else SubjectPublicKeyInfo (`spki`). */
function read(der: Buffer, type: "spki" | "pkcs1"): KeyObject | undefined {
  try {
    return createPublicKey({ key: der, format: "der", type });
  } catch {
    return undefined;
  }
}
