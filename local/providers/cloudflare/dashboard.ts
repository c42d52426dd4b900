import type { DnsRecordArgs } from "@pulumi/cloudflare";
import type { Inventory } from "../../inventory";
import { accountOfZone, accountZones } from "../../zones";
import type { Cloud } from "../cloud";
import { nearest } from "../nearest";
import * as operations from "../operations";
import type { Plain } from "../plain";
import { ServiceError } from "../resource";
import type { Properties } from "../values";
import { plainName } from "./host-name";
import { seenBy } from "./package";
import { recordTypes } from "./record-content";
import { proxiable, recordOutputs } from "./record-outputs";
import { type Scope, scope } from "./scope";
import { zoneRecords } from "./zone-records";

/** A record as somebody types it in. */
export interface TypedRecord {
  /** Relative to the zone or fully qualified; `@` is the zone itself. */
  readonly name: string;
  readonly type: string;
  /** In presentation format; a priority that the type has outside of it stands in `priority`. */
  readonly content: string;
  /** Seconds. @default 1, automatic */
  readonly ttl?: number;
  readonly priority?: number;
  /** Kept and told by the API; DNS answers with the content all the same. @default false */
  readonly proxied?: boolean;
  readonly comment?: string;
}

/** A record as a list of them shows it. */
export interface ShownRecord {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  readonly content: string;
  readonly priority?: number;
  readonly proxied: boolean;
  /** Email Routing keeps it as it is. */
  readonly locked: boolean;
  readonly comment?: string;
  /** RFC 3339. */
  readonly created: string;
}

/** What is done by hand in Cloudflare's dashboard, which no program declares. Zones are called by their names. */
export interface Dashboard {
  records(zone: string): ShownRecord[];
  /** @throws with the API's own code and what is wrong */
  addRecord(zone: string, record: TypedRecord): Promise<ShownRecord>;
  deleteRecord(zone: string, id: string): Promise<void>;
  /**
   * On: Cloudflare adds the records that it receives the zone's mail with, and locks them.
   * https://developers.cloudflare.com/email-routing/setup/email-routing-dns-records/
   * @throws if mail of the zone goes to somebody else by an MX record
   */
  setEmailRouting(zone: string, state: "on" | "off"): Promise<void>;
}

export function dashboard(cloud: Cloud): Dashboard {
  const { store, account } = cloud;

  return {
    records: (zone) => {
      const { records, zoneId } = open(zone);
      return records.list(zoneId).map(shown);
    },
    addRecord: async (zone, typed) => {
      const { records, seen, zoneId } = open(zone);
      const { proxied = false, ...rest } = declaration(zone, zoneId, typed);
      if (proxied && !proxiable(rest.type))
        throw new ServiceError("9004", `This record type cannot be proxied: ${rest.type}`);
      const id = await records.create({ ...checked(seen, rest), proxied });
      return shown([id, records.find(id) ?? gone(id)]);
    },
    deleteRecord: async (zone, id) => {
      const { records, zoneId } = open(zone);
      if (!records.list(zoneId).some(([held]) => held === id)) gone(id);
      await records.remove(id);
    },
    setEmailRouting: async (zone, state) => {
      const { records, zoneId } = open(zone);
      const present = records.list(zoneId);
      const own = present.filter(([, { facts }]) => facts.emailRouting);
      if (state === "off") for (const [id] of own) await records.removeLocked(id);
      if (state === "off" || own.length > 0) return;
      const other = present.find(
        ([, { config }]) => config.type === "MX" && plainName(config.name) === zone,
      )?.[1];
      if (other)
        throw new Error(
          `${zone} has an MX record of another service, ${other.config.content}. Delete it first; Email Routing wants all of the zone's mail.`,
        );
      for (const record of emailRoutingRecords(zone))
        await records.createLocked({ zoneId, ttl: 1, ...record });
    },
  };

  /** The dashboard of the account that holds the zone. */
  function open(zone: string) {
    const zoneId = idOf(zone);
    const seen = scope(cloud, accountOfZone(store, account, zone));
    return { zoneId, seen, records: zoneRecords(seen) };
  }

  function idOf(zone: string): string {
    const zones = accountZones(store, account);
    const found = [...zones].find(([, name]) => name === zone);
    if (found) return found[0];
    const names = [...zones.values()];
    const meant = nearest(zone, names);
    throw new Error(
      `There is no zone ${zone}; ${meant ? `did you mean ${meant}?` : `there are ${names.join(", ")}.`}`,
    );
  }
}

function declaration(zone: string, zoneId: string, typed: TypedRecord): Plain<DnsRecordArgs> {
  const { name, type, content, proxied, priority, comment } = typed;
  const given = plainName(name);
  const inside = given === zone || given.endsWith(`.${zone}`);
  const data = recordTypes[type]?.parse?.(content);
  return {
    zoneId,
    name: given === "@" ? zone : inside ? given : `${given}.${zone}`,
    type,
    // The proxy decides for itself how long its answers hold.
    ttl: proxied ? 1 : (typed.ttl ?? 1),
    proxied,
    comment,
    ...(data ? { data, priority: data.priority } : { content, priority }),
  };
}

/** What a program could not declare can't be typed in either. */
function checked(seen: Scope, record: Plain<DnsRecordArgs>): Plain<DnsRecordArgs> {
  const given = Object.entries(record).filter(([, value]) => value !== undefined);
  const { inputs, problems } = operations.check(
    seenBy(seen),
    { type: "cloudflare:index/dnsRecord:DnsRecord", name: record.name },
    {},
    Object.fromEntries(given) as Properties,
  );
  if (problems.length === 0) return inputs as unknown as Plain<DnsRecordArgs>;
  throw new Error(problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
}

function shown([id, row]: readonly [string, Inventory["dnsRecord"]]): ShownRecord {
  const { name, type, ttl, content, priority, proxied, comment, createdOn } = recordOutputs(id, row);
  return {
    id,
    name,
    type,
    ttl,
    content,
    priority: priority ?? undefined,
    proxied,
    locked: row.facts.emailRouting ?? false,
    comment: comment ?? undefined,
    created: createdOn,
  };
}

function gone(id: string): never {
  throw new ServiceError("81044", `Record does not exist: ${id}`);
}

/** The priorities are drawn for each zone by the real service. */
function emailRoutingRecords(zone: string) {
  const spf = '"v=spf1 include:_spf.mx.cloudflare.net ~all"';
  const mx = (host: number, priority: number) => ({
    name: zone,
    type: "MX",
    content: `route${host}.mx.cloudflare.net`,
    priority,
  });
  return [mx(1, 86), mx(2, 4), mx(3, 24), { name: zone, type: "TXT", content: spf }];
}
