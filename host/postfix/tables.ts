import { type Addresses, allAliases, domainOf, lower, type Table } from "../addresses";
import { reportNames } from "../reports";

/** What virtual(5) makes of addresses; those without a row stay as they are. */
export function aliases(addresses: Addresses): Table {
  const postmaster = lower(addresses.postmaster);
  const catchAlls = addresses.domains.flatMap(({ name, catchAll }) =>
    catchAll === undefined ? [] : [[`@${name}`, lower(catchAll)] as const],
  );
  const caught = new Set(catchAlls.map(([key]) => key));
  return [
    ...[...allAliases(addresses)].map(([alias, targets]) => [alias, targets.join(", ")] as const),
    ...addresses.mailboxes.flatMap(({ address, sendOnly }) => {
      const mailbox = lower(address);
      // Bounces of what was sent: of other mail there is none, it is refused before it gets this far.
      if (sendOnly) return [[mailbox, postmaster] as const];
      // A catch-all takes mailboxes too, unless they are their own aliases.
      return caught.has(`@${domainOf(mailbox)}`) ? [[mailbox, mailbox] as const] : [];
    }),
    // Nor do they get what other servers report.
    ...reports(addresses).flatMap(([address]) =>
      caught.has(`@${domainOf(address)}`) ? [[address, address] as const] : [],
    ),
    ...catchAlls,
  ];
}

/** The addresses that take mail. */
export function mailboxes(addresses: Addresses): Table {
  return [
    ...addresses.mailboxes.filter(({ sendOnly }) => !sendOnly).map(({ address }) => lower(address)),
    ...reports(addresses).map(([address]) => address),
  ].map((address) => [address, "."] as const);
}

/** transport(5): where other servers may send reports to, unless the address is somebody's. */
export function reports(addresses: Addresses): Table {
  const taken = new Set([
    ...addresses.mailboxes.map(({ address }) => lower(address)),
    ...allAliases(addresses).keys(),
  ]);
  return addresses.domains
    .flatMap(({ name }) => reportNames.map((local) => `${local}@${name}`))
    .filter((address) => !taken.has(address))
    .map((address) => [address, "reports:"] as const);
}

/** access(5): what recipients are told of mailboxes that take none (RFC 3463 section 3.3, X.2.1). */
export function refusedRecipients(addresses: Addresses): Table {
  return addresses.mailboxes
    .filter(({ sendOnly }) => sendOnly)
    .map(
      ({ address }) => [lower(address), "550 5.2.1 This address only sends: nobody reads its mail"] as const,
    );
}

/** Whose mail leaves under its own sender: that of the domains and the host, and bounces. */
export function ownSenders({ domains, hostname }: Addresses): Table {
  const own = new Set([...domains.map(({ name }) => name), hostname]);
  return ["<>", ...[...own].map((domain) => `@${domain}`)].map((sender) => [sender, "smtp:"]);
}

/** A regexp_table(5) pattern of the senders that PostSRSd makes. */
export function srsAddress({ hostname }: Addresses): string {
  return `/^(SRS[01]=.+@${hostname.replaceAll(".", "\\.")})$/`;
}
