import { type DnsRecord, HOUR, type NamedRecords } from "./record";

/** The services of the host that mail programs log in to, by their ports (RFC 6186, RFC 8314 section 5.1, RFC 5804 section 1.8). */
const offered = { submissions: 465, submission: 587, imaps: 993, sieve: 4190 } as const;

/** What the host does not offer; RFC 6186 section 3.4 has it said, so that no program waits for it. */
const notOffered = ["imap", "pop3", "pop3s"] as const;

/** Tells mail programs where users of a domain read and send mail. */
export function srvRecords(domain: string, hostname: string): NamedRecords {
  const there = Object.entries(offered).map(([service, port]) => [
    `srv-${service}`,
    srvRecord(service, domain, `0 1 ${port} ${hostname}`),
  ]);
  const absent = notOffered.map((service) => [`srv-${service}`, srvRecord(service, domain, "0 0 0 .")]);
  return Object.fromEntries([...there, ...absent]);
}

/** @param content priority, weight, port and target (RFC 2782) */
function srvRecord(service: string, domain: string, content: string): DnsRecord {
  return { name: `_${service}._tcp.${domain}`, type: "SRV", ttl: HOUR, content };
}
