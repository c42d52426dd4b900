import { getZone } from "@pulumi/cloudflare/getZone";
import { RunError } from "@pulumi/pulumi";
import { withoutSdkFrames } from "./stack-trace";

export interface ZoneReference {
  /** The zone's name, for example `example.com`. */
  readonly name: string;
  /** Where the name comes from, for messages: `mailserver:domains[0].zone`. */
  readonly key: string;
}

/**
 * Looks up the zones of a program at Cloudflare, all at once, before it declares anything.
 * @returns a function from a zone's name to its id
 * @throws pulumi.RunError that names every zone that was not found, and the key it comes from
 */
export async function lookUpZones(zones: readonly ZoneReference[]): Promise<(name: string) => string> {
  const ids = new Map<string, string>();
  const failures: string[] = [];
  await Promise.all(
    zones.map(async ({ name, key }) => {
      try {
        ids.set(name, (await getZone({ filter: { name } })).zoneId);
      } catch (error) {
        failures.push(`${key}: got ${JSON.stringify(name)}, ${reason(error)}`);
      }
    }),
  );
  if (failures.length > 0) throw withoutSdkFrames(new RunError(explain(failures.sort())));
  return (name) => {
    const id = ids.get(name);
    if (id === undefined) throw new RangeError(`the zone ${name} was not looked up`);
    return id;
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
