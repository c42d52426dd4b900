import { mxRecords } from "./mx/records";
import { CannotCheck, NotApplicable } from "./outcome";
import type { Subject } from "./subject";

/** A host that the domain's MX records name. */
export interface MailHost {
  readonly name: string;
  readonly preference: number;
  /** IPv4 first. */
  readonly addresses: readonly string[];
}

/**
 * The hosts that receive the domain's mail, the most preferred first; those that have no address are left out, which
 * a check of its own tells.
 * @throws NotApplicable when there is none, MxUnknown
 */
export function mailHosts(subject: Subject): Promise<readonly MailHost[]> {
  return subject.once(`mail hosts of ${subject.domain}`, async () => {
    const receiving = (await mxRecords(subject)).filter(({ exchange }) => exchange !== "");
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
