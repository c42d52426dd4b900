import type { DnsRecord } from "./record";
import { txtRecord } from "./txt";

/** RFC 7208 section 4.6.4: more terms that cause DNS queries are a permanent error. */
export const MAX_SPF_LOOKUPS = 10;

/** A sender that SPF lets pass. All but addresses cost the receiver a DNS look-up. */
export type SpfMechanism =
  | "a"
  | "mx"
  | { readonly a: string }
  | { readonly include: string }
  /** An address or a prefix. */
  | { readonly ip: string }
  /** A term as it is written, which costs a look-up. */
  | { readonly term: string };

/**
 * Which hosts may send mail as `name`, all others failing (RFC 7208). A name must have one SPF record only, so
 * everybody who may send is in it.
 *
 * @throws RangeError when a receiver would need more than ten look-ups
 */
export function spfRecord(name: string, senders: readonly SpfMechanism[]): DnsRecord {
  const terms = [...new Set(senders.map(spfTerm))];
  const lookups = terms.filter((each) => !/^ip[46]:/.test(each)).length;
  if (lookups > MAX_SPF_LOOKUPS) {
    throw new RangeError(
      `the SPF record of ${name} takes at most ${MAX_SPF_LOOKUPS} look-ups (RFC 7208 section 4.6.4), got ${lookups}`,
    );
  }
  return txtRecord(name, ["v=spf1", ...terms, "-all"].join(" "));
}

/** As an SPF record has it. */
export function spfTerm(sender: SpfMechanism): string {
  if (typeof sender === "string") return sender;
  if ("a" in sender) return `a:${sender.a}`;
  if ("include" in sender) return `include:${sender.include}`;
  if ("term" in sender) return sender.term;
  return `${sender.ip.includes(":") ? "ip6" : "ip4"}:${sender.ip}`;
}
