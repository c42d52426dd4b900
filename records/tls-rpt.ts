import type { DnsRecord } from "./record";
import { txtRecord } from "./txt";

/** Asks senders for reports of TLS that failed on the way to a domain (RFC 8460 section 3). */
export function tlsRptRecord(domain: string, addresses: readonly string[]): DnsRecord {
  return txtRecord(
    `_smtp._tls.${domain}`,
    `v=TLSRPTv1; rua=${addresses.map((address) => `mailto:${address}`).join(",")}`,
  );
}
