import type * as cloudflare from "@pulumi/cloudflare";
import type { types } from "@pulumi/cloudflare";
import type { Problem } from "../check";
import type { Outputs, Plain } from "../plain";
import { type Draft, resource } from "../resource";
import { exactlyOneOf } from "../rules";
import { flag, integer, notEmulated, object, text } from "../shape";
import { hasUnknowns, type Properties } from "../values";
import { isDomainName } from "./host-name";
import { otherTypes, recordTypes } from "./record-content";
import { recordOutputs } from "./record-outputs";
import type { Scope } from "./scope";
import { zoneRecords } from "./zone-records";

/** One DNS record, not a set of them. It is imported as `ZONEID/RECORDID`. */
export function dnsRecord(cloud: Scope) {
  const records = zoneRecords(cloud);
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
    volatile: ["commentModifiedOn", "content", "modifiedOn"],
    create: async (config) => {
      const id = await records.create(config);
      return { id, state: state(id) };
    },
    read: async (given) => {
      const [id = "", zone] = given.split("/").reverse();
      const found = records.find(id);
      if (!found || (zone !== undefined && zone !== found.config.zoneId)) return undefined;
      return { id, state: state(id) };
    },
    update: async (id, config) => {
      await records.update(id, config);
      return state(id);
    },
    delete: (id) => records.remove(id),
  });

  function state(id: string): State {
    const row = records.find(id);
    if (!row) throw new Error(`the record ${id} is gone`);
    const { id: _, ...told } = recordOutputs(id, row);
    return { ...told, includeShadowMetadata: false, zoneId: row.config.zoneId } as unknown as State;
  }
}

/** What a record of a type does not have is null, whatever the SDK's types promise. */
type State = Outputs<cloudflare.DnsRecord>;

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
