import type { DnsRecord } from "./record";
import { txtRecord } from "./txt";

/** What receivers are asked to do with mail that fails DMARC. */
export const dmarcPolicies = ["none", "quarantine", "reject"] as const;
export type DmarcPolicy = (typeof dmarcPolicies)[number];

/**
 * The DMARC policy of a domain (RFC 9989), aggregate reports going to its own postmaster: a receiver in the same
 * domain needs no record that authorises it (RFC 9990).
 */
export function dmarcRecord(domain: string, policy: DmarcPolicy): DnsRecord {
  return txtRecord(`_dmarc.${domain}`, `v=DMARC1; p=${policy}; rua=mailto:postmaster@${domain}`);
}
