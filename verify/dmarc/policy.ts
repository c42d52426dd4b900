import { CannotCheck, NotApplicable } from "../outcome";
import { hasNullMx } from "../spf/null-mx";
import type { Subject } from "../subject";
import { txtLine } from "../tag-list";
import { type DmarcRecord, isDmarc, type Policy, parseDmarc } from "./record";

/** The record that receivers apply to the domain's mail (RFC 9989 section 4.10.1). */
export interface AppliedPolicy {
  /** Whose record: the domain itself, or one above it. */
  readonly at: string;
  readonly record: DmarcRecord;
  readonly inherited: boolean;
  /** What it asks for mail of the domain: p, or sp of a domain above. A record without is as one with `none`. */
  readonly policy: Policy;
}

/** The values of the DMARC records of a domain. @throws CannotCheck when its name servers do not answer */
export async function dmarcRecords(
  { dns }: Pick<Subject, "dns">,
  domain: string,
): Promise<readonly string[]> {
  const name = `_dmarc.${domain}`;
  const { rcode, records } = await dns.query(name, "TXT");
  if (rcode !== "NOERROR" && rcode !== "NXDOMAIN")
    throw new CannotCheck(
      `The name servers answer ${rcode} when asked for ${name} TXT.`,
      `Ask again later; if it stays so, mend the zone of ${domain}.`,
    );
  return records.map(({ value }) => value).filter(isDmarc);
}

/**
 * The policy in force, that of the domain or of one above it.
 * @throws NotApplicable when there is none, several or a malformed one, each of which has a check of its own
 */
export async function policyInForce(subject: Subject): Promise<AppliedPolicy> {
  const applied = await discoverPolicy(subject);
  if (!applied) throw new NotApplicable(`${subject.domain} has no DMARC policy.`);
  if (applied.record.problems.length > 0)
    throw new NotApplicable(`The DMARC record at _dmarc.${applied.at} is malformed.`);
  return applied;
}

/** The same, malformed or not. @throws NotApplicable when the domain has several records */
export function discoverPolicy(subject: Subject): Promise<AppliedPolicy | undefined> {
  const { domain } = subject;
  return subject.once(`dmarc policy of ${domain}`, async () => {
    const [own, ...more] = await dmarcRecords(subject, domain);
    if (more.length > 0) throw new NotApplicable(`${domain} has several DMARC records.`);
    if (own !== undefined) {
      const record = parseDmarc(own);
      return { at: domain, record, inherited: false, policy: record.p ?? "none" };
    }
    const found = await walk(subject, domain);
    const head = headOf(domain, found);
    const applied = found.find(({ at }) => at === head) ?? found.find(({ record }) => record.psd === "y");
    if (!applied) return undefined;
    const { sp, p } = applied.record;
    return { ...applied, inherited: true, policy: sp ?? p ?? "none" };
  });
}

/** The domain that heads this one: what they have in common with it is one organization's (section 4.10.2). */
export function organizationalDomain(subject: Subject, domain: string): Promise<string> {
  return subject.once(`organizational domain of ${domain}`, async () =>
    headOf(domain, await walk(subject, domain)),
  );
}

type Found = Pick<AppliedPolicy, "at" | "record">;

/** The DNS tree walk (section 4.10): the records of a domain and of those above it, the longest name first. */
async function walk(subject: Subject, domain: string): Promise<readonly Found[]> {
  const labels = domain.split(".");
  // From a long name the walk goes on with the last seven labels, so that it takes eight questions at most.
  const starts = [0, ...labels.keys()].filter((start) => start === 0 || start >= labels.length - 7);
  const names = [...new Set(starts.map((start) => labels.slice(start).join(".")))];
  const found: Found[] = [];
  const records = await Promise.all(names.map((name) => dmarcRecords(subject, name)));
  for (const [index, at] of names.entries()) {
    const [text, ...more] = records[index] ?? [];
    if (text === undefined || more.length > 0) continue;
    const record = parseDmarc(text);
    found.push({ at, record });
    if (record.psd !== "u") break;
  }
  return found;
}

function headOf(domain: string, found: readonly Found[]): string {
  const last = found.at(-1);
  if (!last) return domain;
  if (last.record.psd !== "y" || last.at === domain) return last.at;
  // The head is one label below the public suffix.
  return domain
    .split(".")
    .slice(-last.at.split(".").length - 1)
    .join(".");
}

/** For evidence. */
export function policyLine({ at, record }: Found): string {
  return txtLine(`_dmarc.${at}`, record.text);
}

/** The record with tags set, or left out where there is no value; those that were there keep their order. */
export function withTags(
  { at, record }: Found,
  changes: Readonly<Record<string, string | undefined>>,
): string {
  const tags = new Map<string, string | undefined>(record.tags);
  const { p = tags.get("p") ?? "none" } = changes;
  const ordered = new Map([["v", "DMARC1"], ["p", p], ...tags, ...Object.entries(changes)]);
  const text = [...ordered].flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  return txtLine(`_dmarc.${at}`, text.join("; "));
}

/** The record that a domain without one should have: what a stack declares, else one to begin with. */
export async function wantedPolicy(subject: Subject): Promise<string> {
  const { domain, expected } = subject;
  const name = `_dmarc.${domain}`;
  const declared = expected?.records.find((record) => record.name === name && record.type === "TXT");
  if (declared) return txtLine(name, declared.value);
  const idle = await hasNullMx(subject);
  return txtLine(
    name,
    idle ? "v=DMARC1; p=reject" : `v=DMARC1; p=quarantine; rua=mailto:postmaster@${domain}`,
  );
}
