import type { DnsRecord } from "./record";
import { txtRecord } from "./txt";

/** What receivers are asked to do with mail that fails DMARC. */
export const dmarcPolicies = ["none", "quarantine", "reject"] as const;
export type DmarcPolicy = (typeof dmarcPolicies)[number];

/**
 * The DMARC policy of a domain (RFC 9989).
 * @param reports addresses for aggregate reports; one of another organization needs a {@link dmarcReportRecord}
 */
export function dmarcRecord(domain: string, policy: DmarcPolicy, reports: readonly string[]): DnsRecord {
  const rua = reports.map((address) => `mailto:${address}`).join(",");
  return txtRecord(`_dmarc.${domain}`, `v=DMARC1; p=${policy}${rua && `; rua=${rua}`}`);
}

/**
 * Agrees to receive another domain's DMARC reports; nobody sends them otherwise (RFC 9990 section 4).
 * @param domain whose reports they are
 * @param receiver the domain of the address that they go to
 */
export function dmarcReportRecord(domain: string, receiver: string): DnsRecord {
  return txtRecord(`${domain}._report._dmarc.${receiver}`, "v=DMARC1");
}
