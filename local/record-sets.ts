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

/** Every record set that the accounts' DNS records and reverse names make up. */
export function recordSets(store: Store, account: Account): RecordSet[] {
  return together(records(store, account));
}

/** One of them; undefined if there is no such record. */
export function recordSet(
  store: Store,
  account: Account,
  owner: string,
  type: string,
): RecordSet | undefined {
  return together(records(store, account, (record) => record.owner === owner && record.type === type))[0];
}

type Wanted = (record: Pick<RecordSet, "owner" | "type">) => boolean;

/** Record sets of one record each. */
function records(store: Store, account: Account, wanted: Wanted = () => true): RecordSet[] {
  const zones = accountZones(store, account);
  const declared = store.all("dnsRecord").flatMap(([, { config, facts }]) => {
    if (!wanted({ owner: config.name.toLowerCase(), type: config.type })) return [];
    const zone = zones.get(config.zoneId);
    const ttl = config.ttl === 1 ? automaticTtl : config.ttl;
    const owner = config.name.toLowerCase();
    return zone === undefined ? [] : { zone, owner, type: config.type, ttl, rdata: [facts.rdata] };
  });
  const reverse = store.all("addressName").flatMap(([allocationId, { config }]) => {
    const address = store.get("address", allocationId)?.facts.publicIp;
    if (!address || !wanted({ owner: reverseName(address), type: "PTR" })) return [];
    const rdata = [absolute(config.domainName)];
    return {
      ...{ zone: reverseZone(address), owner: reverseName(address), type: "PTR", ttl: automaticTtl },
      rdata,
    };
  });
  return [...declared, ...reverse];
}

/** The records of a name and type as one set, with the shortest of their times to live. */
function together(single: readonly RecordSet[]): RecordSet[] {
  const sets = new Map<string, RecordSet>();
  for (const record of single) {
    const key = `${record.owner} ${record.type}`;
    const before = sets.get(key);
    const ttl = Math.min(record.ttl, before?.ttl ?? record.ttl);
    sets.set(key, { ...record, ttl, rdata: [...(before?.rdata ?? []), ...record.rdata] });
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
