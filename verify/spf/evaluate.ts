import { BlockList, isIPv4, isIPv6 } from "node:net";
import type { RecordType, Resolver } from "../dns/resolver";
import { CannotCheck } from "../outcome";
import { expand, nibbles } from "./macro";
import { isSpf, type Mechanism, parseSpf, type Qualifier, type SpfRecord } from "./record";

export type SpfResult = "none" | "neutral" | "pass" | "fail" | "softfail" | "temperror" | "permerror";

export interface Verdict {
  readonly result: SpfResult;
  /** What decided: a term with the domain whose record has it, or what went wrong. */
  readonly reason: string;
  /** Whose record has the last word; undefined after an error. */
  readonly decidedBy?: string;
  /** Terms that asked DNS, and how many of their questions had no answer (RFC 7208 section 4.6.4). */
  readonly lookups: number;
  readonly voidLookups: number;
}

export interface Sender {
  /** The client's address. */
  readonly ip: string;
  /** What it said in HELO or EHLO. */
  readonly helo: string;
  /** MAIL FROM; when empty, the HELO identity is checked (RFC 7208 section 2.4). */
  readonly mailFrom?: string;
}

/** RFC 7208 section 4.6.4. */
export const lookupLimit = 10;
export const voidLookupLimit = 2;
/** MX records of one mx mechanism; names of one address for ptr and %{p}. */
export const hostLimit = 10;

/** An evaluation that ends with an error: its result, and why. */
class Stop extends Error {
  constructor(
    readonly result: "none" | "temperror" | "permerror",
    reason: string,
  ) {
    super(reason);
  }
}

interface Evaluation {
  readonly dns: Pick<Resolver, "query">;
  readonly ip: string;
  readonly helo: string;
  readonly sender: string;
  lookups: number;
  voidLookups: number;
  /** Of the client's address: asked once. */
  pointers?: readonly string[];
}

/** Does what a receiver does with a client's address (`check_host` of RFC 7208 section 4). */
export async function checkHost(dns: Pick<Resolver, "query">, from: Sender): Promise<Verdict> {
  const { helo, mailFrom = "" } = from;
  const identity = mailFrom || helo;
  const at = identity.lastIndexOf("@");
  const domain = identity.slice(at + 1);
  // RFC 7208 section 4.3.
  const sender = `${identity.slice(0, Math.max(0, at)) || "postmaster"}@${domain}`;
  const evaluation: Evaluation = { dns, ip: unmapped(from.ip), helo, sender, lookups: 0, voidLookups: 0 };
  const count = () => ({ lookups: evaluation.lookups, voidLookups: evaluation.voidLookups });
  try {
    if (!canHaveSpf(domain)) throw new Stop("none", `${domain || "nothing"} is no domain`);
    return { ...(await evaluate(evaluation, domain.toLowerCase().replace(/\.$/, ""))), ...count() };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { result: error.result, reason: error.message, ...count() };
  }
}

type Decision = Pick<Verdict, "result" | "reason" | "decidedBy">;

async function evaluate(evaluation: Evaluation, domain: string): Promise<Decision> {
  const record = await fetchRecord(evaluation, domain);
  for (const mechanism of record.mechanisms)
    if (await matches(evaluation, mechanism, domain))
      return {
        result: results[mechanism.qualifier],
        reason: `${mechanism.text} of ${domain}`,
        decidedBy: domain,
      };
  if (record.redirect === undefined)
    return { result: "neutral", reason: `no term of ${domain} matches`, decidedBy: domain };
  countLookup(evaluation, `redirect=${record.redirect}`);
  const target = await targetName(evaluation, record.redirect, domain);
  return noneIsError(evaluate(evaluation, target));
}

const results: Record<Qualifier, SpfResult> = { "+": "pass", "-": "fail", "~": "softfail", "?": "neutral" };

async function fetchRecord({ dns }: Evaluation, domain: string): Promise<SpfRecord> {
  const { rcode, records } = await question(dns, domain, "TXT");
  const [text, ...more] = records.map(({ value }) => value).filter(isSpf);
  if (text === undefined)
    throw new Stop("none", `${domain} has no SPF record${rcode === "NXDOMAIN" ? " and does not exist" : ""}`);
  if (more.length > 0) throw new Stop("permerror", `${domain} has ${more.length + 1} SPF records`);
  const record = parseSpf(text);
  const [problem] = record.problems;
  if (problem) throw new Stop("permerror", `in the record of ${domain}, ${problem.message}`);
  return record;
}

async function matches(evaluation: Evaluation, mechanism: Mechanism, domain: string): Promise<boolean> {
  const { name, address = "", domainSpec, prefix4, prefix6, text } = mechanism;
  const { ip } = evaluation;
  if (name === "all") return true;
  if (name === "ip4" || name === "ip6") return inNetwork(ip, address, name === "ip4" ? prefix4 : prefix6);
  countLookup(evaluation, `${text} of ${domain}`);
  const target = domainSpec === undefined ? domain : await targetName(evaluation, domainSpec, domain);
  const among = (addresses: readonly string[]) =>
    addresses.some((each) => inNetwork(ip, each, isIPv6(each) ? prefix6 : prefix4));
  switch (name) {
    case "include":
      return (await noneIsError(evaluate(evaluation, target))).result === "pass";
    case "a":
      return among(await addresses(evaluation, target, true));
    case "exists":
      return (await ask(evaluation, target, "A")).length > 0;
    case "mx": {
      const hosts = (await ask(evaluation, target, "MX")).filter(({ exchange }) => exchange !== "");
      if (hosts.length > hostLimit)
        throw new Stop(
          "permerror",
          `${text} of ${domain} leads to ${hosts.length} mail hosts, more than ${hostLimit}`,
        );
      for (const { exchange } of hosts) if (among(await addresses(evaluation, exchange, false))) return true;
      return false;
    }
    case "ptr":
      return (await validatedNames(evaluation)).some((each) => isWithin(each, target.toLowerCase()));
  }
}

/** The addresses of the client's family. @param counts whether none of either family is a void look-up */
async function addresses(evaluation: Evaluation, name: string, counts: boolean): Promise<readonly string[]> {
  const { dns, ip } = evaluation;
  const [own, other] = isIPv4(ip) ? (["A", "AAAA"] as const) : (["AAAA", "A"] as const);
  const { records } = await question(dns, name, own);
  // A host of the other family only is no sign of a careless record, which the limit is about.
  if (counts && records.length === 0 && (await question(dns, name, other)).records.length === 0)
    countVoid(evaluation, name);
  return records;
}

async function ask<T extends "A" | "MX" | "PTR">(evaluation: Evaluation, name: string, type: T) {
  const { records } = await question(evaluation.dns, name, type);
  if (records.length === 0) countVoid(evaluation, `${name} ${type}`);
  return records;
}

async function question<T extends RecordType>(dns: Pick<Resolver, "query">, name: string, type: T) {
  try {
    const answer = await dns.query(name, type);
    if (answer.rcode === "NOERROR" || answer.rcode === "NXDOMAIN") return answer;
    throw new Stop("temperror", `the name servers answer ${answer.rcode} when asked for ${name} ${type}`);
  } catch (error) {
    if (error instanceof CannotCheck) throw new Stop("temperror", error.message);
    throw error;
  }
}

function countLookup(evaluation: Evaluation, term: string): void {
  evaluation.lookups++;
  if (evaluation.lookups > lookupLimit)
    throw new Stop("permerror", `${term} takes more than ${lookupLimit} look-ups`);
}

function countVoid(evaluation: Evaluation, what: string): void {
  evaluation.voidLookups++;
  if (evaluation.voidLookups > voidLookupLimit)
    throw new Stop("permerror", `${what} takes more than ${voidLookupLimit} look-ups without an answer`);
}

/** What includes or redirects to nothing is broken (RFC 7208 sections 5.2 and 6.1). */
async function noneIsError(decision: Promise<Decision>): Promise<Decision> {
  try {
    return await decision;
  } catch (error) {
    if (error instanceof Stop && error.result === "none") throw new Stop("permerror", error.message);
    throw error;
  }
}

function targetName(evaluation: Evaluation, domainSpec: string, domain: string): Promise<string> {
  return expand(domainSpec, {
    ...evaluation,
    domain,
    validatedName: async () => {
      const names = await validatedNames(evaluation);
      const within = names.find((name) => name === domain) ?? names.find((name) => isWithin(name, domain));
      return within ?? names[0] ?? "unknown";
    },
  });
}

/** Names of the client's address that lead back to it (RFC 7208 section 5.5); errors count as no name. */
async function validatedNames(evaluation: Evaluation): Promise<readonly string[]> {
  const { dns, ip } = evaluation;
  const type = isIPv4(ip) ? "A" : "AAAA";
  const none = (error: unknown) => {
    if (error instanceof Stop && error.result === "temperror") return undefined;
    throw error;
  };
  if (!evaluation.pointers) {
    const name = reverseName(ip);
    const answer = await question(dns, name, "PTR").catch(none);
    evaluation.pointers = answer?.records ?? [];
    if (answer?.records.length === 0) countVoid(evaluation, `${name} PTR`);
  }
  const checked = await Promise.all(
    evaluation.pointers.slice(0, hostLimit).map(async (pointer) => {
      const answer = await question(dns, pointer, type).catch(none);
      return answer?.records.some((address) => inNetwork(ip, address, 128)) ? [pointer] : [];
    }),
  );
  return checked.flat().map((pointer) => pointer.toLowerCase().replace(/\.$/, ""));
}

function reverseName(ip: string): string {
  return isIPv4(ip)
    ? `${ip.split(".").reverse().join(".")}.in-addr.arpa`
    : `${[...nibbles(ip)].reverse().join(".")}.ip6.arpa`;
}

function isWithin(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}

function inNetwork(ip: string, network: string, prefix: number): boolean {
  if (isIPv4(ip) !== isIPv4(network)) return false;
  const family = isIPv4(ip) ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(network, Math.min(prefix, isIPv4(ip) ? 32 : 128), family);
  return list.check(ip, family);
}

/** An IPv4 client may be seen as `::ffff:192.0.2.1` (RFC 7208 section 5). */
function unmapped(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const digits = nibbles(ip);
  if (!digits.startsWith("00000000000000000000ffff")) return ip;
  return [24, 26, 28, 30].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)).join(".");
}

/** More than one label, none empty or too long (RFC 7208 section 4.3). */
function canHaveSpf(domain: string): boolean {
  const labels = domain.replace(/\.$/, "").split(".");
  return labels.length > 1 && labels.every((label) => /^[^\s[\]]{1,63}$/.test(label)) && domain.length < 255;
}
