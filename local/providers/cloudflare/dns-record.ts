import { randomBytes } from "node:crypto";
import type * as cloudflare from "@pulumi/cloudflare";
import type { types } from "@pulumi/cloudflare";
import { accountZones } from "../../zones";
import type { Problem } from "../check";
import type { Cloud } from "../cloud";
import type { Plain } from "../plain";
import { type Draft, resource, ServiceError } from "../resource";
import { exactlyOneOf } from "../rules";
import { flag, integer, notEmulated, object, text } from "../shape";
import { hasUnknowns, type Properties } from "../values";
import { isDomainName, plainName } from "./host-name";
import { otherTypes, recordTypes } from "./record-content";

/** One DNS record, not a set of them. It is imported as `ZONEID/RECORDID`. */
export function dnsRecord(cloud: Cloud) {
  const { store, account } = cloud;
  return resource<cloudflare.DnsRecordArgs, cloudflare.DnsRecord>({
    inputs: {
      comment: text({
        problem: (value) => (value.length > 100 ? "is longer than 100 characters" : undefined),
      }),
      content: text({ computed: true }),
      data: object<types.input.DnsRecordData>(recordData),
      includeShadowMetadata: notEmulated,
      name: text({ required: true, problem: nameProblem }),
      priority: integer({ min: 0, max: 65_535 }),
      privateRouting: notEmulated,
      proxied: flag({ computed: true }),
      settings: notEmulated,
      tags: notEmulated,
      ttl: integer({ required: true, problem: ttlProblem }),
      type: text({ required: true, replaces: true, problem: typeProblem }),
      zoneId: text({ required: true, replaces: true }),
    },
    rules: recordProblems,
    create: async (config) => {
      const zone = zoneOf(config.zoneId);
      checkAgainst(zone, config);
      const id = randomBytes(16).toString("hex");
      const created = new Date().toISOString();
      const { rdata } = rendered(config);
      await cloud.add("dnsRecord", id, { config, facts: { rdata, created, modified: created } }, () =>
        cloud.publish(zone, plainName(config.name), config.type),
      );
      return { id, state: describe(id) };
    },
    read: async (given) => {
      const id = given.split("/").at(-1) ?? given;
      return store.get("dnsRecord", id) ? { id, state: describe(id) } : undefined;
    },
    update: async (id, config) => {
      const zone = zoneOf(config.zoneId);
      const before = row(id);
      checkAgainst(zone, config, id);
      const { rdata } = rendered(config);
      const facts = { rdata, created: before.facts.created, modified: new Date().toISOString() };
      await cloud.change("dnsRecord", id, { config, facts }, async () => {
        for (const owner of new Set([plainName(before.config.name), plainName(config.name)]))
          await cloud.publish(zone, owner, config.type);
      });
      return describe(id);
    },
    delete: async (id) => {
      const found = store.get("dnsRecord", id)?.config;
      if (!found) return;
      const publish = () => cloud.publish(zoneOf(found.zoneId), plainName(found.name), found.type);
      await cloud.drop("dnsRecord", id, publish);
    },
  });

  function zoneOf(id: string): string {
    const zones = accountZones(store, account);
    const zone = zones.get(id);
    if (zone) return zone;
    throw new ServiceError(
      "7003",
      `Could not route to /zones/${id}/dns_records, perhaps your object identifier is invalid? The account has the zones ` +
        `${[...zones].map(([known, name]) => `${name} (${known})`).join(", ")}`,
    );
  }

  function checkAgainst(zone: string, config: Plain<cloudflare.DnsRecordArgs>, own?: string): void {
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

  function row(id: string) {
    const found = store.get("dnsRecord", id);
    if (found) return found;
    throw new ServiceError(
      "81044",
      `Record does not exist: ${id}. It was removed outside of Pulumi; run a refresh`,
    );
  }

  function describe(id: string) {
    const { config, facts } = row(id);
    return {
      comment: config.comment,
      commentModifiedOn: config.comment ? facts.modified : "",
      content: rendered(config).content,
      createdOn: facts.created,
      data: config.data as Plain<types.output.DnsRecordData> | undefined,
      includeShadowMetadata: false,
      meta: "{}",
      modifiedOn: facts.modified,
      name: plainName(config.name),
      priority: config.priority,
      privateRouting: undefined,
      proxiable: ["A", "AAAA", "CNAME"].includes(config.type),
      proxied: false,
      settings: { flattenCname: false, ipv4Only: false, ipv6Only: false },
      tags: [],
      tagsModifiedOn: "",
      ttl: config.ttl,
      type: config.type,
      zoneId: config.zoneId,
    };
  }
}

function rendered(config: Plain<cloudflare.DnsRecordArgs>) {
  const type = recordTypes[config.type];
  if (!type) throw new Error(`the local cloud does not serve ${config.type} records`);
  return type.render(config);
}

function typesOf(records: readonly [string, { readonly config: { readonly type: string } }][]): string {
  return [...new Set(records.map(([, { config }]) => config.type))].join(", ");
}

function recordProblems(inputs: Draft<cloudflare.DnsRecordArgs>): Problem[] {
  const problems = exactlyOneOf(inputs, ["content", "data"]);
  const type = typeof inputs.type === "string" ? recordTypes[inputs.type] : undefined;
  if (inputs.proxied === true)
    problems.push({
      property: "proxied",
      reason: "Cloudflare's proxy is not emulated; set it to false here",
    });
  if (!type || problems.length) return problems;
  if (inputs[type.takes] === undefined) {
    problems.push({
      property: type.takes,
      reason: `${inputs.type} records have ${type.takes}, not ${other(type.takes)}`,
    });
  } else if (!hasUnknowns(inputs as unknown as Properties)) {
    const problem = type.problem(inputs as Plain<cloudflare.DnsRecordArgs>);
    if (problem) problems.push({ property: type.takes, reason: problem });
  }
  if (inputs.priority !== undefined && inputs.type !== "MX" && inputs.type !== "SRV")
    problems.push({ property: "priority", reason: `${inputs.type} records have none; leave it out` });
  return problems;
}

function other(takes: "content" | "data"): string {
  return takes === "content" ? "data" : "content";
}

function typeProblem(type: string): string | undefined {
  if (Object.hasOwn(recordTypes, type)) return undefined;
  if (otherTypes.includes(type)) return "is a record type that the local cloud does not emulate";
  return `is no record type: one of ${Object.keys(recordTypes).join(", ")} is wanted`;
}

function nameProblem(name: string): string | undefined {
  return name === "@" || isDomainName(name) ? undefined : "is no domain name (9000: DNS name is invalid)";
}

function ttlProblem(ttl: number): string | undefined {
  if (ttl === 1 || (ttl >= 60 && ttl <= 86_400)) return undefined;
  return "is no TTL (9021): 60 to 86400 seconds, or 1 for automatic";
}

const byte = integer({ min: 0, max: 255 });
const word = integer({ min: 0, max: 65_535 });

const recordData = {
  algorithm: byte,
  altitude: notEmulated,
  certificate: text(),
  digest: notEmulated,
  digestType: notEmulated,
  fingerprint: text(),
  flags: byte,
  keyTag: notEmulated,
  latDegrees: notEmulated,
  latDirection: notEmulated,
  latMinutes: notEmulated,
  latSeconds: notEmulated,
  longDegrees: notEmulated,
  longDirection: notEmulated,
  longMinutes: notEmulated,
  longSeconds: notEmulated,
  matchingType: byte,
  order: notEmulated,
  port: word,
  precisionHorz: notEmulated,
  precisionVert: notEmulated,
  preference: notEmulated,
  priority: word,
  protocol: notEmulated,
  publicKey: notEmulated,
  regex: notEmulated,
  replacement: notEmulated,
  selector: byte,
  service: notEmulated,
  size: notEmulated,
  tag: text({ oneOf: ["issue", "issuewild", "iodef", "issuemail", "issuevmc"] }),
  target: text(),
  type: byte,
  usage: byte,
  value: text(),
  weight: word,
} as const;
