import type { DnsRecord } from "./record";

/**
 * Records as lines of a zone's master file (RFC 1035 section 5.1), all names absolute: what people compare with `dig`,
 * and name servers read.
 */
export function zoneFile(records: readonly DnsRecord[]): string {
  return records
    .map(({ name, ttl, type, content, priority }) =>
      [`${name}.`, ttl, "IN", type, ...(type === "MX" ? [priority, `${content}.`] : [content])].join(" "),
    )
    .map((line) => `${line}\n`)
    .join("");
}
