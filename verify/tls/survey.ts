import { type MailHost, mailHosts } from "../mail-hosts";
import { Unreachable, type WhyUnreachable } from "../network";
import { CannotCheck, type Finding, failed, NotApplicable, passed, warning } from "../outcome";
import type { Subject } from "../subject";
import type { MailPort } from "./certificates";
import { mailServices, NoTls } from "./services";

/** What a check has to say of a port. */
export interface Observation {
  readonly outcome: "passed" | "warning" | "failed";
  /** What the host does there: the sentence's end, without the full stop. */
  readonly what: string;
}

/** What the ports of all hosts have answered to a question. */
export interface Survey<T> {
  readonly seen: readonly { readonly port: MailPort; readonly answer: T }[];
  readonly unseen: readonly { readonly port: MailPort; readonly why: string }[];
}

/** Bounds what a domain with many mail hosts costs: the most preferred are asked. */
const addressLimit = 8;

/**
 * Asks something of every mail port that begins TLS, side by side. Ports that are closed or don't offer TLS are left
 * out: other checks tell those.
 * @throws NotApplicable when there is none, CannotCheck when none has answered
 */
export async function survey<T>(
  subject: Subject,
  question: (port: MailPort) => Promise<T>,
): Promise<Survey<T>> {
  const ports = portsOf(await mailHosts(subject));
  const seen: { port: MailPort; answer: T }[] = [];
  const unseen: { port: MailPort; why: string; remedy: string }[] = [];
  const answers = ports.map((port) => question(port).then((answer) => ({ port, answer })));
  for (const [index, result] of (await Promise.allSettled(answers)).entries()) {
    const port = ports[index];
    if (result.status === "fulfilled") seen.push(result.value);
    else if (port && !isLeftOut(result.reason, port)) unseen.push({ port, ...reason(result.reason) });
  }
  const [first] = unseen;
  if (seen.length > 0) return { seen, unseen };
  if (!first) throw new NotApplicable("No mail host offers TLS.");
  throw new CannotCheck(notSeen(unseen).join("\n"), first.remedy);
}

function isLeftOut(error: unknown, { service }: MailPort): boolean {
  if (error instanceof NoTls) return true;
  // A firewall that drops what comes to an unused port is as good as a refusal.
  return error instanceof Unreachable && (error.why === "refused" || service.optional === true);
}

/**
 * One finding of what was seen at many ports: the worst first, what several have in common once.
 * @param remedy told the ports at fault
 */
export function conclude(
  { seen, unseen }: Survey<readonly Observation[]>,
  remedy: (ports: readonly number[]) => string,
): Finding {
  const all = seen.flatMap(({ port, answer }) => answer.map((observation) => ({ ...observation, port })));
  if (all.length === 0) throw new NotApplicable("No port has what this check is about.");
  const of = (outcome: Observation["outcome"]) =>
    all.filter((observation) => observation.outcome === outcome);
  const faults = [...of("failed"), ...of("warning")];
  const evidence = [...statements(faults.length > 0 ? faults : all), ...notSeen(unseen)].join("\n");
  const [worst] = faults;
  if (!worst) return passed(evidence);
  const find = worst.outcome === "failed" ? failed : warning;
  return find(evidence, remedy(numbers(faults.map(({ port }) => port))));
}

function portsOf(hosts: readonly MailHost[]): MailPort[] {
  return hosts
    .flatMap(({ name, addresses }) => addresses.map((address) => ({ host: name, address })))
    .slice(0, addressLimit)
    .flatMap((at) => mailServices.map((service) => ({ ...at, service })));
}

function statements(all: readonly (Observation & { readonly port: MailPort })[]): string[] {
  return grouped(all, ({ what }) => what).map(
    (ports) => `${where(ports.map(({ port }) => port))} ${ports[0]?.what}.`,
  );
}

function notSeen(unseen: Survey<unknown>["unseen"]): string[] {
  return grouped(unseen, ({ why }) => why).map(
    (ports) => `Not checked: ${where(ports.map(({ port }) => port))} (${ports[0]?.why}).`,
  );
}

/** In one group are those of one address that have `by` in common. */
function grouped<T extends { readonly port: MailPort }>(all: readonly T[], by: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = `${one.port.host} ${one.port.address} ${by(one)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/** Where some ports of one address are, in words. */
export function where(ports: readonly MailPort[]): string {
  const [first] = ports;
  const list = numbers(ports);
  const words =
    list.length > 1 ? `ports ${list.slice(0, -1).join(", ")} and ${list.at(-1)}` : `port ${list[0]}`;
  return `${first?.host} (${first?.address}) on ${words}`;
}

function numbers(ports: readonly MailPort[]): number[] {
  return [...new Set(ports.map(({ service }) => service.port))].sort((a, b) => a - b);
}

const unreachable: Readonly<Record<WhyUnreachable, string>> = {
  refused: "closed",
  timeout: "no answer",
  "no-route": "no way there from here",
  rejected: "rejected by this machine's line",
};

function reason(error: unknown): { why: string; remedy: string } {
  if (!(error instanceof CannotCheck)) throw error;
  const { message, remedy } = error;
  if (error instanceof Unreachable) return { why: unreachable[error.why], remedy };
  return { why: (message.split("\n")[0] ?? "").replace(/\.$/, ""), remedy };
}
