import { mailHosts } from "../mail-hosts";
import { CannotCheck, NotApplicable } from "../outcome";
import type { Subject } from "../subject";
import { type Caa, formatCaa, type Issuer, type IssueTag, parseIssuer } from "./record";

/** The CAA records that hold for a name, and where they are: at itself or above it. */
export interface CaaSet {
  /** Names that it holds for, of those asked. */
  readonly names: readonly string[];
  readonly at: string;
  readonly records: readonly Caa[];
}

/**
 * Climbs from a name to the first that has CAA records (RFC 8659 section 3), the aliases of each followed.
 * @returns undefined when none has, and everybody may issue
 * @throws CannotCheck when the name servers do not answer for it, where authorities do not issue either
 */
export function caaOf(subject: Subject, name: string): Promise<Omit<CaaSet, "names"> | undefined> {
  return subject.once(`CAA of ${name}`, async () => {
    // The root zone has none; a query more at the top-level domain is cheap.
    for (let at = name; at !== ""; at = at.split(".").slice(1).join(".")) {
      const { rcode, records } = await subject.dns.query(at, "CAA");
      if (rcode === "SERVFAIL")
        throw new CannotCheck(
          `The name servers answer SERVFAIL when asked for ${at} CAA; authorities do not issue then.`,
          "Make the name servers answer for CAA, with NOERROR and nothing if there are no records.",
        );
      if (records.length > 0) return { at, records };
    }
    return undefined;
  });
}

/** Bounds what a domain with many mail hosts costs. */
const nameLimit = 12;

/** The names that certificates of the mail service are for. @throws NotApplicable when the domain has no mail host */
export async function certifiedHosts(subject: Subject): Promise<readonly string[]> {
  return (await mailHosts(subject)).slice(0, nameLimit).map(({ name }) => name);
}

/**
 * The sets of records that hold for the domain and those of its mail hosts that are in it; of others' hosts their
 * owners have the say.
 * @throws NotApplicable when one of the names has none with issue, which caa-exists tells; CannotCheck
 */
export async function ownCaa(subject: Subject): Promise<readonly CaaSet[]> {
  const { domain } = subject;
  const hosts = (await certifiedHosts(subject)).filter((name) => name.endsWith(`.${domain}`));
  const sets = new Map<string, CaaSet>();
  for (const name of new Set([domain, ...hosts])) {
    const found = await caaOf(subject, name);
    if (!found || !hasTag(found, "issue"))
      throw new NotApplicable(`${name} has no CAA records that say who may issue.`);
    sets.set(found.at, { ...found, names: [...(sets.get(found.at)?.names ?? []), name] });
  }
  return [...sets.values()];
}

export function hasTag({ records }: Pick<CaaSet, "records">, tag: string): boolean {
  return records.some((record) => record.tag.toLowerCase() === tag);
}

/** Who a set allows for a property; undefined when it says nothing of it. */
export function issuersOf(
  { records }: Pick<CaaSet, "records">,
  tag: IssueTag,
): readonly Issuer[] | undefined {
  const own = records.filter((record) => record.tag.toLowerCase() === tag);
  if (own.length === 0) return undefined;
  return own.map(({ value }) => parseIssuer(value)).filter((issuer) => issuer !== undefined);
}

/** The records of a set, a line each. */
export function caaLines({ at, records }: Pick<CaaSet, "at" | "records">): string[] {
  return records.map((record) => `${at}. CAA ${formatCaa(record)}`);
}
