import type { DnsRecord } from "./record";

/**
 * The address of a host.
 * @param ipv4 in dotted decimal form
 */
export function addressRecord<Content>(hostname: string, ipv4: Content): DnsRecord<Content> {
  // Five minutes: an address moves when a host is replaced, and mail waits for it meanwhile.
  return { name: hostname, type: "A", ttl: 300, content: ipv4 };
}
