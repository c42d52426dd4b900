import { isIP } from "node:net";
import type { RecordData } from "../dns/resolver";
import { CannotCheck, NotApplicable } from "../outcome";
import type { Subject } from "../subject";

/** The domain's name servers fail for its MX records, so that where its mail goes is unknown. */
export class MxUnknown extends CannotCheck {}

/**
 * The domain's MX records, the most preferred first.
 * @throws NotApplicable where the domain itself does not resolve, which `dns-exists` tells; MxUnknown, which
 *   `mx-exists` tells
 */
export async function mxRecords({ domain, dns }: Subject): Promise<readonly RecordData["MX"][]> {
  const { rcode, records } = await dns.query(domain, "MX");
  if (rcode === "NXDOMAIN" || (rcode === "SERVFAIL" && (await dns.query(domain, "SOA")).rcode === "SERVFAIL"))
    throw new NotApplicable(`${domain} does not resolve: ${rcode}.`);
  if (rcode === "SERVFAIL")
    throw new MxUnknown(
      `The name servers answer SERVFAIL when asked for ${domain} MX, so senders keep its mail waiting and then return it.`,
      "Make every name server of the zone answer for MX on UDP and TCP port 53, and look whether a firewall or an old server drops the question.",
    );
  return [...records].sort((a, b) => a.preference - b.preference);
}

/**
 * The names of the hosts that the MX records send mail to, whether or not they can receive any.
 * @throws NotApplicable where there is none
 */
export async function exchanges(subject: Subject): Promise<readonly string[]> {
  const names = (await mxRecords(subject)).map(({ exchange }) => exchange).filter((name) => name !== "");
  if (names.length === 0) throw new NotApplicable(`No MX record of ${subject.domain} names a host.`);
  return [...new Set(names)];
}

/**
 * Why a name can't be a mail host's; undefined where it can (RFC 1123 section 2.1, RFC 5321 section 2.3.5).
 * @param name without the last dot
 */
export function misnamed(name: string): string | undefined {
  if (isIP(name.replace(/^\[(.*)\]$/, "$1"))) return "an IP address, where a name belongs";
  if (!name.includes(".") || name.endsWith(".localdomain")) return "not fully qualified";
  if (/^\d+$/.test(name.slice(name.lastIndexOf(".") + 1))) return "under no top-level domain";
  const labels = name.split(".");
  if (!labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label)))
    return "not of letters, digits and hyphens only";
  return undefined;
}

/** For records in evidence and remedies: `example.com. MX 10 mx.example.com.` */
export function mxRecord(domain: string, { preference, exchange }: RecordData["MX"]): string {
  return `${domain}. MX ${preference} ${exchange}.`;
}
