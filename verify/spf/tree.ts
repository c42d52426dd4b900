import type { RecordType } from "../dns/resolver";
import { CannotCheck, NotApplicable } from "../outcome";
import type { Subject } from "../subject";
import { expand, isFixed } from "./macro";
import { isSpf, type Mechanism, parseSpf, type SpfRecord } from "./record";

/** A record that is part of the domain's policy: its own, or one that it includes or redirects to. */
export interface SpfNode {
  /** Whose record. */
  readonly domain: string;
  /** The term that leads here with the domain that has it; undefined for the domain's own record. */
  readonly via?: { readonly term: string; readonly of: string; readonly redirect: boolean };
  /** All SPF records there; receivers want one. */
  readonly records: readonly string[];
  /** The only one. */
  readonly record?: SpfRecord;
  /** It includes itself, directly or not. */
  readonly loop: boolean;
  /** Nobody knows what is there. */
  readonly unanswered?: CannotCheck;
}

/** A term that asks DNS. */
export interface Lookup {
  readonly term: string;
  readonly domain: string;
  /** Neither the name nor an address is there, which receivers tolerate twice. */
  readonly isVoid: boolean;
  /** How many hosts an mx mechanism leads to. */
  readonly hosts: number;
  /** Nobody knows whether it is void. */
  readonly unanswered?: CannotCheck;
}

/** All that a receiver asks for a sender that no term matches before the end. */
export interface SpfTree {
  /** The domain's own first. */
  readonly nodes: readonly SpfNode[];
  readonly lookups: readonly Lookup[];
}

/** Records, and terms to ask for: far more than receivers follow, for a tree of strangers' records must end somewhere. */
const limit = 60;

/** The values of the TXT records of a name that are SPF. */
export async function spfRecords(subject: Pick<Subject, "dns">, name: string): Promise<readonly string[]> {
  return (await records(subject, name, "TXT")).map(({ value }) => value).filter(isSpf);
}

/**
 * The domain's own record.
 * @throws NotApplicable when there is none, several or one with syntax errors, each of which has a check of its own
 */
export async function ownSpf(subject: Subject): Promise<SpfRecord> {
  const [text, ...more] = await spfRecords(subject, subject.domain);
  if (text === undefined) throw new NotApplicable(`${subject.domain} has no SPF record.`);
  if (more.length > 0) throw new NotApplicable(`${subject.domain} has several SPF records.`);
  const record = parseSpf(text);
  if (record.problems.length > 0)
    throw new NotApplicable(`The SPF record of ${subject.domain} is malformed.`);
  return record;
}

/** @throws NotApplicable as `ownSpf`, CannotCheck when the domain's own record can't be had */
export function spfTree(subject: Subject): Promise<SpfTree> {
  const { domain } = subject;
  return subject.once(`spf tree of ${domain}`, async () => {
    const record = await ownSpf(subject);
    const tree = { nodes: [] as SpfNode[], lookups: [] as Lookup[] };
    await grow(subject, tree, { domain, records: [record.text], record, loop: false }, [domain]);
    return tree;
  });
}

interface Growing {
  readonly nodes: SpfNode[];
  readonly lookups: Lookup[];
}

async function grow(subject: Subject, tree: Growing, node: SpfNode, path: readonly string[]): Promise<void> {
  tree.nodes.push(node);
  const { domain, record } = node;
  if (!record || record.problems.length > 0 || node.loop) return;
  const room = limit - tree.lookups.length;
  const asking = record.mechanisms.filter(({ name }) => !["all", "ip4", "ip6"].includes(name));
  tree.lookups.push(
    ...(await Promise.all(asking.map((each, index) => lookup(subject, each, domain, index < room)))),
  );
  const leads = asking.flatMap(({ name, text, domainSpec = "" }) =>
    name === "include" ? [{ term: text, domainSpec, redirect: false }] : [],
  );
  if (record.redirect !== undefined) {
    const term = `redirect=${record.redirect}`;
    tree.lookups.push({ term, domain, isVoid: false, hosts: 0 });
    leads.push({ term, domainSpec: record.redirect, redirect: true });
  }
  const children = await Promise.all(
    leads
      // Where another sender's mail leads elsewhere, there is nothing to follow.
      .filter(({ domainSpec }) => isFixed(domainSpec))
      .slice(0, limit)
      .map(({ term, domainSpec, redirect }) =>
        child(subject, domainSpec, { term, of: domain, redirect }, path),
      ),
  );
  for (const each of children)
    if (tree.nodes.length < limit) await grow(subject, tree, each, [...path, each.domain]);
}

async function child(
  subject: Subject,
  domainSpec: string,
  via: NonNullable<SpfNode["via"]>,
  path: readonly string[],
): Promise<SpfNode> {
  const domain = (await expand(domainSpec, fixed(subject, via.of))).toLowerCase();
  const node = { domain, via, loop: path.includes(domain) };
  try {
    const records = await spfRecords(subject, domain);
    const [only] = records.length === 1 ? records : [];
    return { ...node, records, record: only === undefined ? undefined : parseSpf(only) };
  } catch (error) {
    return { ...node, records: [], unanswered: cannotCheck(error) };
  }
}

async function lookup(
  subject: Subject,
  { name, text, domainSpec }: Mechanism,
  domain: string,
  ask: boolean,
): Promise<Lookup> {
  const found = { term: text, domain, isVoid: false, hosts: 0 };
  // What include leads to, or does not, is told of its node.
  if (!ask || name === "include" || name === "ptr" || !isFixed(domainSpec ?? "")) return found;
  const target = domainSpec === undefined ? domain : await expand(domainSpec, fixed(subject, domain));
  try {
    if (name === "mx") {
      const hosts = (await records(subject, target, "MX")).filter(({ exchange }) => exchange !== "").length;
      return { ...found, isVoid: hosts === 0, hosts };
    }
    const v4 = await records(subject, target, "A");
    // Receivers ask `exists` for A alone (RFC 7208 section 5.7).
    const v6 = name === "a" && v4.length === 0 ? await records(subject, target, "AAAA") : [];
    return { ...found, isVoid: v4.length + v6.length === 0 };
  } catch (error) {
    return { ...found, unanswered: cannotCheck(error) };
  }
}

async function records<T extends RecordType>({ dns }: Pick<Subject, "dns">, name: string, type: T) {
  const answer = await dns.query(name, type);
  if (answer.rcode === "NOERROR" || answer.rcode === "NXDOMAIN") return answer.records;
  throw new CannotCheck(
    `The name servers answer ${answer.rcode} when asked for ${name} ${type}, which SPF needs: receivers put mail off.`,
    `Ask again later; if it stays so, mend the zone of ${name}, or take the name out of the SPF record.`,
  );
}

function cannotCheck(error: unknown): CannotCheck {
  if (error instanceof CannotCheck) return error;
  throw error;
}

/** Only macros of the domain itself are expanded with it. */
function fixed({ domain: sender }: Subject, domain: string) {
  return { domain, sender: `postmaster@${sender}`, ip: "", helo: "", validatedName: async () => "" };
}

/** For evidence: the domain's record and those that it leads to, a line each. */
export function treeLines({ nodes }: SpfTree): string {
  return nodes
    .map(({ domain, via, record, records }) => {
      const text =
        record?.text.slice(0, 500) ?? `${records.length || "no"} SPF record${records.length > 1 ? "s" : ""}`;
      return via ? `${via.term} of ${via.of}: ${text}` : `${domain}: ${text}`;
    })
    .join("\n");
}
