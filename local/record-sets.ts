import type { Store } from "./store";
import type { Account } from "./world";
import { accountZones } from "./zones";

/** All records of one name and type, as `Dns.set` takes them. */
export interface RecordSet {
  readonly zone: string;
  readonly owner: string;
  readonly type: string;
  readonly ttl: number;
  readonly rdata: readonly string[];
}

/** Every record set that the account's DNS records and reverse names make up. */
export function recordSets(store: Store, account: Account): RecordSet[] {
  const zones = accountZones(store, account);
  const sets = new Map<string, RecordSet>();
  const add = (zone: string, owner: string, type: string, ttl: number, rdata: string): void => {
    const key = `${owner} ${type}`;
    const before = sets.get(key);
    const rest = before?.rdata ?? [];
    sets.set(key, { zone, owner, type, ttl: Math.min(ttl, before?.ttl ?? ttl), rdata: [...rest, rdata] });
  };
  for (const [, { config, facts }] of store.all("dnsRecord")) {
    const zone = zones.get(config.zoneId);
    if (zone)
      add(
        zone,
        config.name.toLowerCase(),
        config.type,
        config.ttl === 1 ? automaticTtl : config.ttl,
        facts.rdata,
      );
  }
  for (const [allocationId, { config }] of store.all("addressName")) {
    const address = store.get("address", allocationId)?.facts.publicIp;
    if (address)
      add(reverseZone(address), reverseName(address), "PTR", automaticTtl, absolute(config.domainName));
  }
  return [...sets.values()];
}

/** The name under in-addr.arpa that an IPv4 address has its PTR record at (RFC 1035 section 3.5). */
export function reverseName(address: string): string {
  return `${address.split(".").reverse().join(".")}.in-addr.arpa`;
}

/** Reverse zones are cut at /24, as the simulated internet delegates them. */
export function reverseZone(address: string): string {
  return reverseName(address).split(".").slice(1).join(".");
}

export function absolute(name: string): string {
  return `${name.toLowerCase().replace(/\.$/, "")}.`;
}

/** Seconds; what Cloudflare serves for a TTL of 1, "automatic". */
const automaticTtl = 300;
