import { Resolver } from "node:dns/promises";
import { log } from "@pulumi/pulumi";
import { isSpf, spfSenders, unquoted, type ZoneContents } from "../records";

/** A domain whose SPF record is to be. */
export interface SpfDomain {
  readonly name: string;
  readonly zoneId: string;
  readonly spfIncludes?: readonly string[];
}

/** How many look-ups an include costs a receiver, itself and all that it includes; by its name. */
export type SpfLookups = ReadonlyMap<string, number>;

/** Milliseconds; what is not heard by then is not counted. */
const patience = 3000;
/** A policy that includes itself ends somewhere. */
const depth = 10;

/**
 * Counts, in DNS as it is now, what the senders cost that domains include, and those that the SPF records in their
 * zones do (RFC 7208 section 4.6.4). A name that does not answer is told in a warning and counts once.
 * @param servers name servers as Node takes them, `192.0.2.53` or `192.0.2.53:53`. @default those of this machine
 */
export async function countSpfLookups(
  domains: readonly SpfDomain[],
  contents: ZoneContents,
  servers?: readonly string[],
): Promise<SpfLookups> {
  const names = domains.flatMap(({ name, zoneId, spfIncludes = [] }) => [
    ...spfIncludes,
    ...contents
      .at(zoneId, name)
      .flatMap(({ type, content }) => (type === "TXT" ? includesOf(unquoted(content)) : [])),
  ]);
  const resolver = new Resolver({ timeout: patience, tries: 1 });
  if (servers) resolver.setServers(servers);
  const texts = new Map<string, Promise<string>>();
  const policy = (name: string) => {
    const known = texts.get(name) ?? policyOf(resolver, name);
    texts.set(name, known);
    return known;
  };
  const costs = new Map<string, Promise<number>>();
  // Once a name and depth: policies that include each other several times would keep it busy for years.
  const cost = (name: string, left: number): Promise<number> => {
    const key = `${name} ${left}`;
    const known = costs.get(key) ?? count(name, left);
    costs.set(key, known);
    return known;
  };
  const count = async (name: string, left: number): Promise<number> => {
    if (left === 0) return 1;
    const { includes, terms } = spfSenders(await policy(name));
    const inner = await Promise.all(includes.map((include) => cost(include, left - 1)));
    return 1 + terms.length + inner.reduce((sum, each) => sum + each, 0);
  };
  const unique = [...new Set(names)];
  return new Map(await Promise.all(unique.map(async (name) => [name, await cost(name, depth)] as const)));
}

function includesOf(text: string): readonly string[] {
  return isSpf(text) ? spfSenders(text).includes : [];
}

async function policyOf(resolver: Resolver, name: string): Promise<string> {
  try {
    const records = await resolver.resolveTxt(name);
    return records.map((strings) => strings.join("")).find(isSpf) ?? "";
  } catch (error) {
    log.warn(
      `The look-ups that SPF's include:${name} costs could not be counted (${(error as { code?: string }).code}): ` +
        "a policy that takes more than ten in all is void. `mailserver verify` counts them from elsewhere.",
    );
    return "";
  }
}
