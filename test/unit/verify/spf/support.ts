import { spf } from "mailauth/lib/spf";
import type { RecordType, Resolver } from "../../../../verify/dns/resolver";
import type { Sender } from "../../../../verify/spf/evaluate";

/** A zone with the domain's own record, and whatever else. */
export function zoneWith(record: string, more: Readonly<Record<string, readonly string[]>> = {}) {
  return { "example.com TXT": [record], ...more };
}

/** What another implementation of SPF makes of the same question in the same world. */
export async function judge(dns: Resolver, { ip, helo, mailFrom }: Sender): Promise<string> {
  const resolver = async (name: string, type: string) => {
    const { rcode, records } = await dns.query(name, type as RecordType);
    if (rcode === "SERVFAIL") throw Object.assign(new Error(rcode), { code: "ETIMEOUT" });
    if (records.length === 0) throw Object.assign(new Error(rcode), { code: "ENODATA" });
    return records.map(asNode) as string[];
  };
  const { status } = await spf({ sender: mailFrom ?? "", ip, helo, mta: "mx.example.net", resolver });
  return status.result;
}

/** In the form of `node:dns`. */
function asNode(record: unknown): unknown {
  if (typeof record !== "object" || record === null) return record;
  if ("strings" in record) return record.strings;
  return "preference" in record ? { ...record, priority: record.preference } : record;
}
