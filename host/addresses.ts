/** Who gets the mail of which address, as far as it is known on a host. */
export interface Addresses {
  readonly hostname: string;
  readonly domains: readonly { readonly name: string; readonly catchAll?: string }[];
  readonly mailboxes: readonly { readonly address: string; readonly sendOnly?: boolean }[];
  readonly aliases?: readonly { readonly address: string; readonly targets: readonly string[] }[];
  readonly postmaster: string;
}

/** Rows of a lookup table: key and value. */
export type Table = readonly (readonly [string, string])[];

/** As Postfix and Rspamd read one from a text. */
export function tableText(rows: Table): string {
  return rows.map(([key, value]) => `${key} ${value}\n`).join("");
}

/** Names that every domain with mail must answer (RFC 2142 sections 4 and 5, RFC 5321 section 4.5.1). */
const wellKnown = ["postmaster", "abuse", "hostmaster"];
/** What the host's own mail is sent as: cron and bounces. */
const local = ["root", "mailer-daemon"];

/** The aliases that there are without asking, all of them the postmaster's. */
export function givenAliases({ hostname, domains, postmaster }: Omit<Addresses, "mailboxes">): string[] {
  const names = [
    ...[...domains.map(({ name }) => name), hostname].flatMap((domain) =>
      wellKnown.map((name) => `${name}@${domain}`),
    ),
    ...[hostname, domainOf(postmaster)].flatMap((domain) => local.map((name) => `${name}@${domain}`)),
  ];
  return [...new Set(names)];
}

/** Every alias with its targets: the declared ones, and those given ones that nobody else has. */
export function allAliases(addresses: Addresses): Map<string, readonly string[]> {
  const postmaster = lower(addresses.postmaster);
  const mailboxes = new Set(addresses.mailboxes.map(({ address }) => lower(address)));
  return new Map([
    ...givenAliases({ ...addresses, postmaster })
      .filter((alias) => !mailboxes.has(alias))
      .map((alias) => [alias, [postmaster]] as const),
    ...(addresses.aliases ?? []).map(({ address, targets }) => [lower(address), targets] as const),
  ]);
}

/** For every alias the mailboxes that it leads to, over however many others. Targets elsewhere are none. */
export function mailboxesBehind(addresses: Addresses): Map<string, readonly string[]> {
  const aliases = allAliases(addresses);
  const mailboxes = new Set(addresses.mailboxes.map(({ address }) => lower(address)));
  const follow = (address: string, found: Set<string>, seen: Set<string>) => {
    if (seen.has(address)) return found;
    seen.add(address);
    if (mailboxes.has(address)) found.add(address);
    else for (const target of aliases.get(address) ?? []) follow(baseOf(target), found, seen);
    return found;
  };
  return new Map([...aliases.keys()].map((alias) => [alias, [...follow(alias, new Set(), new Set())]]));
}

/**
 * Who may send as whom: a mailbox as itself and as each alias that leads to it. A catch-all lends no addresses.
 * @returns an address and its users, separated by commas
 */
export function senders(addresses: Addresses): Table {
  return [
    ...addresses.mailboxes.map(({ address }) => [lower(address), lower(address)] as const),
    ...[...mailboxesBehind(addresses)]
      .filter(([, mailboxes]) => mailboxes.length > 0)
      .map(([alias, mailboxes]) => [alias, mailboxes.join(", ")] as const),
  ];
}

/** An address without its extension, `alice+news@example.com` as `alice@example.com` (RFC 5233). */
export function baseOf(address: string): string {
  return lower(address).replace(/\+[^@]*(?=@)/, "");
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

/** Postfix compares in lower case, and so does this host. */
export function lower(address: string): string {
  return address.toLowerCase();
}
