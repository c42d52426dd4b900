import { createHash } from "node:crypto";
import { CannotCheck } from "../outcome";
import type { Subject } from "../subject";
import type { RecordData, RecordType, Security } from "./resolver";

/** What DNSSEC makes of a zone. */
export interface Signing {
  /** What the resolver says; where it does not validate, insecure if the parent has no DS. */
  readonly security: Exclude<Security, "unknown">;
  readonly ds: readonly RecordData["DS"][];
  readonly keys: readonly RecordData["DNSKEY"][];
}

/**
 * @param zone its apex
 * @param records what is looked at: any of them bogus makes the whole so
 * @throws CannotCheck when only a validating resolver can tell
 */
export async function signing(
  { dns }: Subject,
  zone: string,
  records: readonly { readonly name: string; readonly type: RecordType }[],
): Promise<Signing> {
  const [ds, keys, ...answers] = await Promise.all([
    dns.query(zone, "DS").then(({ records }) => records),
    // Resolvers try long for keys that do not fit the DS record; what they say of the other records matters more.
    dns.query(zone, "DNSKEY").then(({ records }) => records, none),
    ...records.map(({ name, type }) => dns.query(name, type)),
  ]);
  const seen = answers.map(({ security }) => security);
  const security =
    (["bogus", "unknown", "insecure"] as const).find((worst) => seen.includes(worst)) ?? "secure";
  if (security !== "unknown") return { security, ds, keys };
  if (ds.length === 0) return { security: "insecure", ds, keys };
  throw new CannotCheck(
    `The resolver ${dns.name} does not validate, so whether the signatures of ${zone} are right is unknown.`,
    "Ask one that validates: --resolver 9.9.9.9",
  );
}

function none(error: unknown): readonly [] {
  if (error instanceof CannotCheck) return [];
  throw error;
}

/**
 * The DS record for a key, with SHA-256, in presentation format.
 * @param zone without the last dot
 */
export function delegationSigner(zone: string, { flags, algorithm, key }: RecordData["DNSKEY"]): string {
  const rdata = Buffer.concat([
    Buffer.from([flags >> 8, flags & 255, 3, algorithm]),
    Buffer.from(key, "base64"),
  ]);
  const owner = zone.split(".").flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]);
  const digest = createHash("sha256")
    .update(Buffer.concat([...owner, Buffer.from([0]), rdata]))
    .digest("hex");
  return `${keyTag(rdata)} ${algorithm} 2 ${digest}`;
}

/** RFC 4034 appendix B. */
function keyTag(rdata: Buffer): number {
  const sum = rdata.reduce((total, byte, index) => total + (index % 2 ? byte : byte << 8), 0);
  return (sum + (sum >> 16)) & 0xffff;
}
