import type { DnsRecord } from "./record";

/**
 * Records as lines of a zone's master file (RFC 1035 section 5.1), all names absolute: what people compare with `dig`,
 * and name servers read.
 */
export function zoneFile(records: readonly DnsRecord[]): string {
  return records
    .map((record) => `${record.name}. ${record.ttl} IN ${record.type} ${data(record)}\n`)
    .join("");
}

function data({ type, content, priority }: DnsRecord): string {
  switch (type) {
    case "MX":
      return `${priority} ${absolute(content)}`;
    case "CNAME":
    case "SRV":
      return absolute(content);
    default:
      return content;
  }
}

/** The name at the end of the data is absolute; the root is so already. */
function absolute(content: string): string {
  return content.endsWith(".") ? content : `${content}.`;
}
