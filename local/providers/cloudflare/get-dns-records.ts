import type * as cloudflare from "@pulumi/cloudflare";
import type { types } from "@pulumi/cloudflare";
import type { Plain } from "../plain";
import { func } from "../resource";
import { flag, integer, notEmulated, object, text } from "../shape";
import { otherTypes, recordTypes } from "./record-content";
import { recordOutputs } from "./record-outputs";
import type { Scope } from "./scope";
import { zoneRecords } from "./zone-records";

type Args = Plain<cloudflare.GetDnsRecordsArgs>;
type Found = ReturnType<typeof recordOutputs>;

/**
 * The records of a zone, also those that nobody declared. What a record does not have is null in it, though the SDK's
 * types promise a value; what was not asked for is left out of the answer.
 * https://developers.cloudflare.com/api/resources/dns/subresources/records/methods/list/
 */
export function getDnsRecords(cloud: Scope) {
  const records = zoneRecords(cloud);
  return func<cloudflare.GetDnsRecordsArgs, Args & { results: readonly Found[] }>({
    inputs: {
      comment: object<types.input.GetDnsRecordsComment>({ ...matchers, absent: text(), present: text() }),
      content: object<types.input.GetDnsRecordsContent>(matchers),
      direction: text({ oneOf: ["asc", "desc"] }),
      includeShadowMetadata: notEmulated,
      match: text({ oneOf: ["any", "all"] }),
      maxItems: integer(),
      name: object<types.input.GetDnsRecordsName>(matchers),
      order: text({ oneOf: ["type", "name", "content", "ttl", "proxied"] }),
      proxied: flag(),
      search: notEmulated,
      shadowedByName: notEmulated,
      shadowingName: notEmulated,
      tag: notEmulated,
      tagMatch: notEmulated,
      type: text({ oneOf: [...Object.keys(recordTypes), ...otherTypes].sort() }),
      zoneId: text(),
    },
    rules: ({ zoneId }) =>
      zoneId === undefined || zoneId === "" ? [{ property: "zoneId", reason: "is required" }] : [],
    run: async (args) => {
      const all = records.list(args.zoneId ?? "").map(([id, row]) => recordOutputs(id, row));
      const results = all.filter((record) => isWanted(args, record)).sort(byOrder(args));
      // The provider's own default; it takes anything below 1 for it, too.
      const limit = (args.maxItems ?? 0) > 0 ? args.maxItems : 1000;
      return { ...args, results: results.slice(0, limit) };
    },
  });
}

/** Parts of a text that it can be found by, in any case. */
interface TextFilter {
  readonly contains?: string;
  readonly endswith?: string;
  readonly exact?: string;
  readonly startswith?: string;
}

const matchers = { contains: text(), endswith: text(), exact: text(), startswith: text() } as const;

function isWanted(args: Args, record: Found): boolean {
  const { comment } = args;
  const said = record.comment ?? "";
  const answers = [
    args.type === undefined ? [] : [record.type === args.type],
    args.proxied === undefined ? [] : [record.proxied === args.proxied],
    matches(args.name, record.name),
    matches(args.content, record.content),
    matches(comment, said),
    comment?.absent === undefined ? [] : [said === ""],
    comment?.present === undefined ? [] : [said !== ""],
  ].flat();
  return answers.length === 0 || (args.match === "any" ? answers.some(Boolean) : answers.every(Boolean));
}

/** One answer for each part that is asked for. */
function matches(filter: TextFilter | undefined, value: string): boolean[] {
  const text = value.toLowerCase();
  const part = (wanted: string | undefined, holds: (wanted: string) => boolean): boolean[] =>
    wanted === undefined ? [] : [holds(wanted.toLowerCase())];
  return [
    part(filter?.contains, (wanted) => text.includes(wanted)),
    part(filter?.endswith, (wanted) => text.endsWith(wanted)),
    part(filter?.exact, (wanted) => text === wanted),
    part(filter?.startswith, (wanted) => text.startsWith(wanted)),
  ].flat();
}

function byOrder({ order = "type", direction = "asc" }: Args): (a: Found, b: Found) => number {
  const sign = direction === "asc" ? 1 : -1;
  const field = order as "type" | "name" | "content" | "ttl" | "proxied";
  return (a, b) => sign * (compare(a[field], b[field]) || compare(a.name, b.name));
}

function compare(a: string | number | boolean, b: string | number | boolean): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
