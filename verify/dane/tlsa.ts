import { createHash, createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import type { RecordData } from "../dns/resolver";

export type Tlsa = RecordData["TLSA"];

/** Hexadecimal digits of the digests (RFC 6698 section 2.1.3). */
const digests: Readonly<Record<number, { readonly name: string; readonly digits: number }>> = {
  1: { name: "sha256", digits: 64 },
  2: { name: "sha512", digits: 128 },
};

/** A record in presentation format, long data cut for people. */
export function formatTlsa({ usage, selector, matchingType, data }: Tlsa): string {
  const shown = data.length > 128 ? `${data.slice(0, 128)}...` : data;
  return `${usage} ${selector} ${matchingType} ${shown}`;
}

/** Why senders of mail can't use a record: the end of a sentence about it; undefined when they can. */
export function whyUnusable({ usage, selector, matchingType, data }: Tlsa): string | undefined {
  if (usage === 0 || usage === 1)
    return `has the usage ${usage}, which means nothing for mail (RFC 7672 section 3.1.3)`;
  if (usage !== 2 && usage !== 3) return `has the usage ${usage}, which nobody knows`;
  if (selector !== 0 && selector !== 1) return `has the selector ${selector}, which nobody knows`;
  const digest = digests[matchingType];
  if (digest && data.length !== digest.digits)
    return `has ${data.length / 2} octets of data, where ${digest.name} has ${digest.digits / 2}`;
  if (digest) return undefined;
  if (matchingType !== 0) return `has the matching type ${matchingType}, which nobody knows`;
  return parsed(selector, data) ? undefined : `has no ${selector === 0 ? "certificate" : "key"} for data`;
}

/** Whether a usable record is of a certificate (RFC 6698 section 2.1). */
export function isOf({ selector, matchingType, data }: Tlsa, certificate: Buffer): boolean {
  const selected = selector === 0 ? certificate : keyOf(certificate);
  const digest = digests[matchingType];
  return (
    (digest ? createHash(digest.name).update(selected).digest("hex") : selected.toString("hex")) === data
  );
}

/** The record that does not change as long as the key does not: `3 1 1` and its digest. */
export function keyRecord(certificate: Buffer): string {
  return `3 1 1 ${createHash("sha256").update(keyOf(certificate)).digest("hex")}`;
}

/** Who a certificate chain is to lead to, and for whom it is to be. */
export interface Reference {
  /** Any of them will do (RFC 7672 section 3.2.2). */
  readonly names: readonly string[];
  readonly now: Date;
}

/**
 * Whether a usable record vouches for a chain: usage 3 for the leaf, whatever else is in it (RFC 7672 section 3.1.1),
 * usage 2 for an authority whose certificate is sent or in the record, with names and dates that hold (section 3.1.2).
 * @param chain DER, the leaf first
 */
export function vouchesFor(record: Tlsa, chain: readonly Buffer[], { names, now }: Reference): boolean {
  const [leaf] = chain;
  if (!leaf) return false;
  if (record.usage === 3) return isOf(record, leaf);
  const path = chain.map((der) => new X509Certificate(der));
  const at = chain.findIndex((der) => isOf(record, der));
  const used = at < 0 ? path : path.slice(0, at + 1);
  const linked = used.every((certificate, index) => {
    const issuer = used[index + 1];
    return !issuer || (certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey));
  });
  const last = used.at(-1);
  const anchored = at >= 0 || (last !== undefined && signedBy(record, last));
  const inForce = used.every(
    ({ validFrom, validTo }) =>
      Date.parse(validFrom) <= now.getTime() && now.getTime() <= Date.parse(validTo),
  );
  const named = names.some((name) => path[0]?.checkHost(name, { subject: "never" }) !== undefined);
  return linked && anchored && inForce && named;
}

/** Whether the authority that is in the record as a whole has signed a certificate. */
function signedBy({ selector, matchingType, data }: Tlsa, certificate: X509Certificate): boolean {
  if (matchingType !== 0) return false;
  const authority = parsed(selector, data);
  if (authority instanceof X509Certificate)
    return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
  return authority !== undefined && certificate.verify(authority);
}

function parsed(selector: number, data: string): X509Certificate | KeyObject | undefined {
  const der = Buffer.from(data, "hex");
  try {
    return selector === 0
      ? new X509Certificate(der)
      : createPublicKey({ key: der, format: "der", type: "spki" });
  } catch {
    return undefined;
  }
}

/** Its SubjectPublicKeyInfo. */
function keyOf(certificate: Buffer): Buffer {
  return new X509Certificate(certificate).publicKey.export({ type: "spki", format: "der" });
}
