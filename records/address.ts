import type { DnsRecord } from "./record";

/** Seconds. Five minutes: an address moves when a host is replaced, and mail waits for it meanwhile. */
const TTL = 300;

/**
 * The address of a host.
 * @param ipv4 in dotted decimal form
 */
export function addressRecord<Content>(hostname: string, ipv4: Content): DnsRecord<Content> {
  return { name: hostname, type: "A", ttl: TTL, content: ipv4 };
}

/**
 * The IPv6 address of a host (RFC 3596).
 * @param ipv6 as RFC 5952 writes it
 */
export function ipv6AddressRecord<Content>(hostname: string, ipv6: Content): DnsRecord<Content> {
  return { name: hostname, type: "AAAA", ttl: TTL, content: ipv6 };
}
