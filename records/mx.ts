import { type DnsRecord, HOUR } from "./record";

/** Sends a domain's mail to a host (RFC 5321 section 5.1). The host must have address records: no CNAME. */
export function mxRecord(domain: string, hostname: string): DnsRecord {
  return { name: domain, type: "MX", ttl: HOUR, content: hostname, priority: 10 };
}

/** Says that a domain takes no mail, so that senders give up at once instead of after days (RFC 7505). */
export function nullMxRecord(domain: string): DnsRecord {
  return { name: domain, type: "MX", ttl: HOUR, content: ".", priority: 0 };
}
