import { mailHosts } from "../mail-hosts";
import { Unreachable } from "../network";
import { CannotCheck, type Finding, NotApplicable, notApplicable, notChecked } from "../outcome";
import type { Subject } from "../subject";

/** A mail host at one of its IPv4 addresses. */
export interface SmtpHost {
  readonly name: string;
  readonly address: string;
}

/** Bounds for what a stranger's DNS can make this machine connect to. */
const hostLimit = 6;
const addressLimit = 12;

/** The worst first; what a report of several hosts comes to is that of its first. */
const order = ["failed", "warning", "not-checked", "passed", "not-applicable"] as const;

/** For evidence. */
export function label({ name, address }: SmtpHost): string {
  return `${name} (${address})`;
}

/**
 * Every IPv4 address of the mail hosts, at most 12; IPv6 is asked by a check of its own.
 * @throws NotApplicable when there is no mail host, CannotCheck when all have only IPv6
 */
export async function smtpAddresses(subject: Subject): Promise<readonly SmtpHost[]> {
  const hosts = await mailHosts(subject);
  const found = hosts.flatMap(({ name, addresses }) =>
    addresses.filter((address) => !address.includes(":")).map((address) => ({ name, address })),
  );
  if (found.length === 0)
    throw new CannotCheck(
      "No mail host has an IPv4 address.",
      "Run it where there is IPv6, or publish an A record.",
    );
  return found.slice(0, addressLimit);
}

/** Asks at every IPv4 address, side by side, and makes one finding of it: the worst, with the others' evidence below. */
export async function everyAddress(
  subject: Subject,
  ask: (host: SmtpHost) => Promise<Finding>,
): Promise<Finding> {
  return together(await smtpAddresses(subject), ask);
}

/** As `everyAddress`, with the first address of each host and at most 6 hosts: for what takes sessions of its own. */
export async function everyHost(
  subject: Subject,
  ask: (host: SmtpHost) => Promise<Finding>,
): Promise<Finding> {
  const addresses = await smtpAddresses(subject);
  const first = addresses.filter(({ name }, at) => addresses.findIndex((host) => host.name === name) === at);
  return together(first.slice(0, hostLimit), ask);
}

async function together(
  hosts: readonly SmtpHost[],
  ask: (host: SmtpHost) => Promise<Finding>,
): Promise<Finding> {
  const findings = await Promise.all(hosts.map((host) => settled(host, ask)));
  // A host that can't be reached is smtp-reachable's to tell, and says nothing against the others.
  const asked = findings.filter(({ unreachable }) => !unreachable);
  const sorted = [...(asked.length > 0 ? asked : findings)].sort(
    (a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome),
  );
  const left = findings.filter((finding) => !sorted.includes(finding));
  const { outcome = "not-applicable", remedy = "" } = sorted[0] ?? {};
  return { outcome, remedy, evidence: [...sorted, ...left].map(({ evidence }) => evidence).join("\n") };
}

async function settled(
  host: SmtpHost,
  ask: (host: SmtpHost) => Promise<Finding>,
): Promise<Finding & { readonly unreachable?: true }> {
  try {
    return await ask(host);
  } catch (error) {
    if (error instanceof NotApplicable) return notApplicable(error.message);
    if (!(error instanceof CannotCheck)) throw error;
    if (!(error instanceof Unreachable)) return notChecked(error.message, error.remedy);
    const finding =
      error.why === "refused" ? notApplicable(error.message) : notChecked(error.message, error.remedy);
    return { ...finding, unreachable: true };
  }
}
