import type { DnsRecord } from "./record";
import { txtRecord } from "./txt";

/** RFC 7208 section 4.6.4: more terms that cause DNS queries are a permanent error. */
export const MAX_SPF_LOOKUPS = 10;

/** A sender that SPF lets pass; each one costs the receiver a DNS look-up. */
export type SpfMechanism = "a" | "mx" | { readonly include: string };

/**
 * Which hosts may send mail as `name`, all others failing (RFC 7208). A name must have one SPF record only, so
 * everybody who may send is in it.
 *
 * @throws RangeError when a receiver would need more than ten look-ups
 */
export function spfRecord(name: string, senders: readonly SpfMechanism[]): DnsRecord {
  if (senders.length > MAX_SPF_LOOKUPS) {
    throw new RangeError(
      `the SPF record of ${name} takes at most ${MAX_SPF_LOOKUPS} mechanisms (RFC 7208 section 4.6.4), got ${senders.length}`,
    );
  }
  const terms = senders.map((sender) => (typeof sender === "string" ? sender : `include:${sender.include}`));
  return txtRecord(name, ["v=spf1", ...terms, "-all"].join(" "));
}
