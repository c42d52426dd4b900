import { type GetDnsRecordsResult, getDnsRecords } from "@pulumi/cloudflare/getDnsRecords";
import { getZone } from "@pulumi/cloudflare/getZone";
import { type ProviderResource, RunError } from "@pulumi/pulumi";
import { type ExistingRecord, ZoneContents } from "../records";
import { type CloudflareAccount, cloudflareAccounts } from "./cloudflare-accounts";
import { withoutSdkFrames } from "./stack-trace";

export interface ZoneReference {
  /** The zone's name, for example `example.com`. */
  readonly name: string;
  /** Where the name comes from, for messages: `mailserver:domains[0].zone`. */
  readonly key: string;
}

/** A zone as the components take it. */
export interface ZonePlace {
  readonly zoneId: string;
  /** Of the Cloudflare account that has the zone, if it is another one than the program's own. */
  readonly provider?: ProviderResource;
}

/** Zones as they are at Cloudflare. */
export interface Zones {
  /** A zone that was looked up, by its name. */
  at(name: string): ZonePlace;
  /** All that they hold, this stack's own records and those of others. */
  readonly contents: ZoneContents;
}

/** More records than any zone has: left to itself the provider stops at 1000. */
const maxItems = 100_000;

/**
 * Looks up the zones of a program at Cloudflare and what they hold, all at once, before it declares anything.
 * @param accounts other Cloudflare accounts than the program's own, which have some of the zones
 * @throws pulumi.RunError that names every zone that was not found, and the key it comes from
 */
export async function lookUpZones(
  references: readonly ZoneReference[],
  accounts: readonly CloudflareAccount[] = [],
): Promise<Zones> {
  const providerOf = cloudflareAccounts(accounts);
  const ids = new Map<string, string>();
  const records: ExistingRecord[] = [];
  const failures: string[] = [];
  await Promise.all(
    references.map(async ({ name, key }) => {
      const provider = providerOf(name);
      try {
        const { zoneId } = await getZone({ filter: { name } }, { provider });
        const { results } = await getDnsRecords({ zoneId, maxItems }, { provider });
        ids.set(name, zoneId);
        records.push(...results.map((record) => existing(zoneId, record)));
      } catch (error) {
        failures.push(`${key}: got ${JSON.stringify(name)}, ${reason(error)}`);
      }
    }),
  );
  if (failures.length > 0) throw withoutSdkFrames(new RunError(explain(failures.sort())));
  return {
    at: (name) => {
      const zoneId = ids.get(name);
      if (zoneId === undefined) throw new RangeError(`the zone ${name} was not looked up`);
      return { zoneId, provider: providerOf(name) };
    },
    contents: new ZoneContents(records),
  };
}

/** What the API leaves out arrives as null, whatever the SDK's types say. */
function existing(zoneId: string, record: GetDnsRecordsResult["results"][number]): ExistingRecord {
  const { id, name, type, ttl, content, createdOn } = record;
  return {
    ...{ zoneId, id, name, type, ttl, createdOn },
    content: content ?? "",
    priority: record.priority ?? undefined,
    proxied: record.proxied ?? false,
    comment: record.comment ?? "",
  };
}

function explain(failures: readonly string[]): string {
  return [
    "Zones of this stack were not found at Cloudflare:",
    ...failures.map((failure) => `  ${failure}`),
    "Add each zone to the account, correct its key, or give the API token the permissions Zone:Read and DNS:Edit for it.",
  ].join("\n");
}

function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^.*returned an error: /s, "").trim();
}
