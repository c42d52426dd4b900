/** Rows of a Postfix lookup table: key and value. */
export type Table = readonly (readonly [string, string])[];

export interface Accounts {
  readonly hostname: string;
  readonly domains: readonly string[];
  /** In lower case. */
  readonly mailboxes: readonly string[];
  readonly postmaster: string;
}

/** Mailbox names that every domain with mail must answer (RFC 2142 sections 4 and 5, RFC 5321 section 4.5.1). */
const wellKnown = ["postmaster", "abuse", "hostmaster"];
/** What the host's own mail is sent as: cron and bounces. */
const local = ["root", "mailer-daemon"];

/** Addresses that belong to the postmaster, except those that are mailboxes themselves. */
export function aliases({ hostname, domains, mailboxes, postmaster }: Accounts): Table {
  const own = [hostname, domainOf(postmaster)];
  const names = [
    ...[...domains, hostname].flatMap((domain) => wellKnown.map((name) => `${name}@${domain}`)),
    ...own.flatMap((domain) => local.map((name) => `${name}@${domain}`)),
  ];
  return [...new Set(names)].filter((name) => !mailboxes.includes(name)).map((name) => [name, postmaster]);
}

/** Who may send as whom: a mailbox as itself, the postmaster also as what reaches the postmaster. */
export function senders(accounts: Accounts): Table {
  return [...accounts.mailboxes.map((mailbox) => [mailbox, mailbox] as const), ...aliases(accounts)];
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}
