import { randomBytes } from "node:crypto";
import type { DnsRecordArgs } from "@pulumi/cloudflare";
import type { Inventory, RecordFacts } from "../../inventory";
import type { Plain } from "../plain";
import { ServiceError } from "../resource";
import { plainName } from "./host-name";
import { rendered } from "./record-content";
import type { Scope } from "./scope";

type Row = Inventory["dnsRecord"];

/** The DNS records of the zones, as the API keeps them: what it refuses is refused with its own code. */
export interface ZoneRecords {
  /** @throws when there is no such zone */
  list(zoneId: string): [string, Row][];
  /** @throws when it is in a zone that can't be seen */
  find(id: string): Row | undefined;
  /** @returns the record's id */
  create(config: Plain<DnsRecordArgs>): Promise<string>;
  /** Makes a record of Email Routing, which nobody can change or remove until it is taken away by `removeLocked`. */
  createLocked(config: Plain<DnsRecordArgs>): Promise<string>;
  update(id: string, config: Plain<DnsRecordArgs>): Promise<void>;
  /** Nothing happens if it is gone. */
  remove(id: string): Promise<void>;
  removeLocked(id: string): Promise<void>;
}

export function zoneRecords(cloud: Scope): ZoneRecords {
  const { store } = cloud;

  return {
    list: (zoneId) => {
      zoneOf(zoneId);
      return store.all("dnsRecord").filter(([, { config }]) => config.zoneId === zoneId);
    },
    find: (id) => {
      const found = store.get("dnsRecord", id);
      if (found) zoneOf(found.config.zoneId);
      return found;
    },
    create: async (config) => {
      checkAgainst(zoneOf(config.zoneId), config);
      return add(config, {});
    },
    createLocked: (config) => add(config, { emailRouting: true }),
    update: async (id, config) => {
      const zone = zoneOf(config.zoneId);
      const before = store.get("dnsRecord", id);
      if (!before)
        throw new ServiceError(
          "81044",
          `Record does not exist: ${id}. It was removed outside of Pulumi; run a refresh`,
        );
      checkLock(before);
      checkAgainst(zone, config, id);
      const facts = { ...before.facts, ...changes(before, config) };
      await cloud.change("dnsRecord", id, { config, facts }, async () => {
        for (const owner of new Set([plainName(before.config.name), plainName(config.name)]))
          await cloud.publish(zone, owner, config.type);
      });
    },
    remove: async (id) => {
      const found = store.get("dnsRecord", id);
      if (!found) return;
      zoneOf(found.config.zoneId);
      checkLock(found);
      await drop(id);
    },
    removeLocked: drop,
  };

  async function add(config: Plain<DnsRecordArgs>, lock: Pick<RecordFacts, "emailRouting">): Promise<string> {
    const id = randomBytes(16).toString("hex");
    const now = new Date().toISOString();
    const { rdata } = rendered(config);
    const commentModified = config.comment ? now : undefined;
    const facts = { rdata, created: now, modified: now, commentModified, ...lock };
    await cloud.add("dnsRecord", id, { config, facts }, () =>
      cloud.publish(zoneOf(config.zoneId), plainName(config.name), config.type),
    );
    return id;
  }

  async function drop(id: string): Promise<void> {
    const found = store.get("dnsRecord", id)?.config;
    if (!found) return;
    const publish = () => cloud.publish(zoneOf(found.zoneId), plainName(found.name), found.type);
    await cloud.drop("dnsRecord", id, publish);
  }

  function zoneOf(id: string): string {
    return cloud.zone(id, "dns_records");
  }

  function checkAgainst(zone: string, config: Plain<DnsRecordArgs>, own?: string): void {
    const name = plainName(config.name);
    if (name !== zone && !name.endsWith(`.${zone}`))
      throw new ServiceError(
        "9000",
        `DNS name is invalid: ${config.name} is not in the zone ${zone}. Give the fully qualified name; did you mean ` +
          `${config.name === "@" ? zone : `${name}.${zone}`}?`,
      );
    if (config.type === "CNAME" && name === zone)
      throw new ServiceError(
        "NotEmulated",
        `a CNAME at the apex of ${zone}: Cloudflare flattens it, the local cloud does not. Use A records`,
      );
    const others = store
      .all("dnsRecord")
      .filter(
        ([id, other]) =>
          id !== own && other.config.zoneId === config.zoneId && plainName(other.config.name) === name,
      );
    if (config.type === "MX" && others.some(([, other]) => isRouted(other)))
      throw new ServiceError(
        "890190",
        `This zone is managed by Email Routing. Disable Email Routing to add/modify MX records. It receives the mail of ${name}`,
      );
    const { rdata } = rendered(config);
    if (others.some(([, other]) => other.config.type === config.type && other.facts.rdata === rdata))
      throw new ServiceError(
        "81058",
        `An identical record already exists: ${name} ${config.type} ${rdata}. Declare it once; two resources can't own one record`,
      );
    if (config.type === "CNAME" && others.length)
      throw new ServiceError(
        "81053",
        `An A, AAAA, or CNAME record with that host already exists: ${name} has ${typesOf(others)}, and a CNAME stands alone (RFC 1034 section 3.6.2)`,
      );
    if (others.some(([, other]) => other.config.type === "CNAME"))
      throw new ServiceError(
        "81054",
        `A CNAME record with that host already exists: nothing can stand beside it at ${name} (RFC 1034 section 3.6.2)`,
      );
  }
}

function isRouted({ config, facts }: Row): boolean {
  return config.type === "MX" && facts.emailRouting === true;
}

function checkLock({ config, facts }: Row): void {
  if (!facts.emailRouting) return;
  throw new ServiceError(
    "1046",
    `This record is managed by Email Routing. Disable Email Routing to modify/remove this record: ${config.name} ${config.type}`,
  );
}

/** What an update of a record changes beside its declaration: the comment's time is the comment's own. */
function changes(before: Row, config: Plain<DnsRecordArgs>) {
  const now = new Date().toISOString();
  const sameComment = (config.comment || undefined) === (before.config.comment || undefined);
  return {
    rdata: rendered(config).rdata,
    modified: now,
    commentModified: sameComment ? before.facts.commentModified : config.comment ? now : undefined,
  };
}

function typesOf(records: readonly [string, Row][]): string {
  return [...new Set(records.map(([, { config }]) => config.type))].join(", ");
}
