import { mxRecords } from "./mx/records";
import { Unreachable } from "./network";
import { CannotCheck, NotApplicable } from "./outcome";
import { probePort } from "./probe";
import type { Subject } from "./subject";

/** A host that the domain's MX records name; without any the domain itself (RFC 5321 section 5.1). */
export interface MailHost {
  readonly name: string;
  readonly preference: number;
  /** IPv4 first. */
  readonly addresses: readonly string[];
}

/** Bounds what the address of a website may cost. */
const implicitLimit = 4;

/**
 * The hosts that receive the domain's mail, the most preferred first; those that have no address are left out, which
 * a check of its own tells. A domain without MX records counts only while port 25 is open at it: most that have an
 * address have it for a website, and `mx-exists` tells that they should say so.
 * @throws NotApplicable when there is none; CannotCheck when that is not to be known
 */
export function mailHosts(subject: Subject): Promise<readonly MailHost[]> {
  return subject.once(`mail hosts of ${subject.domain}`, async () => {
    const records = await mxRecords(subject);
    if (records.length === 0) return [await implicitHost(subject)];
    const receiving = records.filter(({ exchange }) => exchange !== "");
    if (receiving.length === 0) throw new NotApplicable(`${subject.domain} has no host that receives mail.`);
    const hosts = await Promise.all(
      receiving.map(async ({ exchange, preference }) => ({
        name: exchange,
        preference,
        addresses: await addressesOf(subject, exchange),
      })),
    );
    const found = hosts.filter(({ addresses }) => addresses.length > 0);
    if (found.length === 0) throw new NotApplicable("No mail host has an address.");
    return found;
  });
}

async function implicitHost(subject: Subject): Promise<MailHost> {
  const { domain } = subject;
  const addresses = await addressesOf(subject, domain);
  const reasons: Unreachable[] = [];
  const knocks = addresses
    .slice(0, implicitLimit)
    .map((address) => probePort(subject, { address, port: 25 }));
  for (const result of await Promise.allSettled(knocks)) {
    if (result.status === "fulfilled") return { name: domain, preference: 0, addresses };
    if (!(result.reason instanceof Unreachable)) throw result.reason;
    reasons.push(result.reason);
  }
  const refused = reasons.find(({ why }) => why === "refused");
  // A machine without IPv6 has no way to half of the addresses, which leaves the other half's word.
  const unknown = reasons.find(({ why }) => why !== "refused" && !(refused && why === "no-route"));
  if (unknown)
    throw new CannotCheck(
      `${domain} has no MX record, and whether it takes mail at its own address is not known: ${unknown.message}`,
      unknown.remedy,
    );
  throw new NotApplicable(
    refused
      ? `${domain} has no MX record, and its own address takes no mail.`
      : `${domain} has no host that receives mail.`,
  );
}

/** IPv4 first; empty when there is none. */
export async function addressesOf({ dns }: Pick<Subject, "dns">, name: string): Promise<readonly string[]> {
  const [v4, v6] = await Promise.all([dns.query(name, "A"), dns.query(name, "AAAA")]);
  return [...v4.records, ...v6.records];
}

/** The name that a host has at the end of its aliases; its own when it is no alias. */
export async function canonicalName({ dns }: Pick<Subject, "dns">, name: string): Promise<string> {
  const [v4, v6] = await Promise.all([dns.query(name, "A"), dns.query(name, "AAAA")]);
  return [...v4.aliases, ...v6.aliases].at(-1) ?? name;
}

/**
 * The most preferred host's first IPv4 address: the one that most questions are put to.
 * @throws NotApplicable when there is no host, CannotCheck when it has only IPv6
 */
export async function primaryHost(
  subject: Subject,
): Promise<{ readonly name: string; readonly address: string }> {
  for (const { name, addresses } of await mailHosts(subject)) {
    const address = addresses.find((candidate) => !candidate.includes(":"));
    if (address) return { name, address };
  }
  throw new CannotCheck(
    "No mail host has an IPv4 address.",
    "Run it where there is IPv6, or publish an A record.",
  );
}
