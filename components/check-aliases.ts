import { baseOf, givenAliases } from "../host";
import {
  type DeclaredAddresses,
  goodDomains,
  goodMailboxes,
  mailboxWanted,
  within,
} from "./declared-addresses";
import { domainOf, isDomainName, isMailboxAddress } from "./names";
import { distinct, one, type Problem, type Rule } from "./rule";

/** Everything that is wrong with addresses that lead to others. */
export function checkAliases(server: DeclaredAddresses): Problem[] {
  return [...checkEach(server), ...checkLoops(server), ...checkCatchAlls(server)];
}

function checkEach(server: DeclaredAddresses): Problem[] {
  const { aliases = [], domains, mailboxes = [] } = server;
  const withinDomains = within(domains);
  const another = distinct();
  const mailboxPaths = new Map(mailboxes.map(({ address }, i) => [address, `mailboxes[${i}]`]));
  return aliases.flatMap(({ address, targets }, i) => {
    const path = `aliases[${i}]`;
    const rule: Rule<string> = (value) => {
      const pattern = patternProblem(value, domains);
      if (pattern !== undefined || !isMailboxAddress(value)) return pattern ?? mailboxWanted;
      const mailbox = mailboxPaths.get(value);
      if (mailbox !== undefined)
        return `another address than ${mailbox}, which takes its mail itself: a filter (Sieve) can forward it and keep it`;
      return withinDomains(value) ?? another(value, path);
    };
    return [
      ...one(`${path}.address`, address, rule),
      ...one(`${path}.targets`, targets, ({ length }) => (length > 0 ? undefined : "at least one address")),
      ...checkTargets(`${path}.targets`, targets ?? [], address, server),
    ];
  });
}

/** Addresses that are none, but a way to write many. */
function patternProblem(address: string, domains: DeclaredAddresses["domains"]): string | undefined {
  const [, domain] = /^\*?@([^@]+)$/.exec(address) ?? [];
  if (domain !== undefined) {
    const i = domains?.findIndex(({ name, catchAll }) => name === domain && catchAll !== undefined) ?? -1;
    return i < 0
      ? "an address of its own: for all other addresses of a domain there is domains[].catchAll"
      : `an address of its own: domains[${i}].catchAll takes all other addresses of ${domain} already`;
  }
  // One text can't say which addresses there are, so nobody could be told who may send as them.
  return /[*?^$|()[\]{}\\/]/.test(address)
    ? "an address of its own, no pattern: an alias is also an address to send as, so each is listed; alice+anything@ needs none, and the rest of a domain is its catchAll"
    : undefined;
}

function checkTargets(
  path: string,
  targets: readonly (string | undefined)[],
  alias: string | undefined,
  server: DeclaredAddresses,
): Problem[] {
  const another = distinct();
  const reaches = checkTarget(server);
  return targets.flatMap((target, j) =>
    one(`${path}[${j}]`, target, (text) => {
      if (alias !== undefined && baseOf(text) === alias)
        return "another address: an alias can't lead to itself";
      return reaches(text) ?? another(text, `${path}[${j}]`);
    }),
  );
}

/** Whether somebody gets the mail: an address elsewhere only when that is wanted. */
function checkTarget(server: DeclaredAddresses): Rule<string> {
  const { domains, hostname, mailboxes, aliases = [], aliasesOutside, parkedDomains = [] } = server;
  const inside = goodDomains(domains);
  const declared = goodMailboxes(mailboxes);
  return (text) => {
    if (!isTarget(text)) return "an address such as bob@example.com, alone";
    const domain = domainOf(text);
    if (parkedDomains.some(({ name }) => name === domain))
      return "an address in a domain that takes mail: this one is parked";
    if (!inside || !declared || hostname === undefined) return undefined;
    if (!inside.has(domain) && domain !== hostname)
      return aliasesOutside
        ? undefined
        : "an address in one of the declared domains, or aliasesOutside: true so that aliases may lead elsewhere";
    const base = baseOf(text);
    const mailbox = declared.get(base);
    if (mailbox) return mailbox.sendOnly ? "a mailbox that takes mail: this one only sends" : undefined;
    const known =
      aliases.some(({ address }) => address === base) ||
      givenAliases({ hostname, domains: [...inside].map((name) => ({ name })), postmaster: "" }).includes(
        base,
      );
    return known
      ? undefined
      : "a declared mailbox or alias, with or without an extension: there is none of this address";
  };
}

/** An address that mail can be sent to, as RFC 5321 section 4.1.2 has it without quotes. */
function isTarget(text: string): boolean {
  const [localPart = "", domain = "", ...rest] = text.split("@");
  return (
    rest.length === 0 &&
    localPart.length <= 64 &&
    /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/.test(localPart) &&
    isDomainName(domain)
  );
}

/** Each loop once, at the first alias that is in it. One of a single alias is told at its target. */
function checkLoops({ aliases = [] }: DeclaredAddresses): Problem[] {
  const targets = new Map(
    aliases.map(({ address, targets = [] }) => [
      address,
      targets.flatMap((target) => (target === undefined ? [] : baseOf(target))),
    ]),
  );
  const told = new Set<string | undefined>();
  return aliases.flatMap(({ address }, i) => {
    const loop = address === undefined || told.has(address) ? undefined : loopOf(address, targets);
    if (!loop || loop.length < 2) return [];
    for (const member of loop) told.add(member);
    return [
      {
        path: `aliases[${i}].targets`,
        got: `a loop, ${[...loop, address].join(" → ")}`,
        wants: "targets that end at mailboxes",
      },
    ];
  });
}

/** The shortest way from an alias back to it. */
function loopOf(
  alias: string,
  targets: ReadonlyMap<string | undefined, readonly string[]>,
): readonly string[] | undefined {
  const seen = new Set<string>();
  let ways: string[][] = [[alias]];
  while (ways.length > 0) {
    const next: string[][] = [];
    for (const way of ways)
      for (const target of targets.get(way.at(-1)) ?? []) {
        if (target === alias) return way;
        if (seen.has(target)) continue;
        seen.add(target);
        next.push([...way, target]);
      }
    ways = next;
  }
  return undefined;
}

function checkCatchAlls({ domains = [], mailboxes, aliases = [] }: DeclaredAddresses): Problem[] {
  const declared = goodMailboxes(mailboxes);
  const rule: Rule<string> = (text) => {
    if (!declared) return undefined;
    if (declared.get(text)?.sendOnly) return "a mailbox that takes mail: this one only sends";
    return declared.has(text) || aliases.some(({ address }) => address === text)
      ? undefined
      : "the address of a declared mailbox or alias, which gets the mail of all addresses that there are not";
  };
  return domains.flatMap(({ catchAll }, i) => one(`domains[${i}].catchAll`, catchAll, rule));
}
