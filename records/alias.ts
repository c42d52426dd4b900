import { type DnsRecord, HOUR } from "./record";

/** Another name of a host: all its addresses, whatever they become, and its CAA records (RFC 8659 section 3). */
export function aliasRecord(name: string, hostname: string): DnsRecord {
  return { name, type: "CNAME", ttl: HOUR, content: hostname };
}
