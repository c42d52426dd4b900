import type { DeclaredSendLimits } from "./check-sending";
import { domainOf, isDomainName, isMailboxAddress } from "./names";
import type { Rule } from "./rule";

/** Who has which address, as far as it is known. */
export interface DeclaredAddresses {
  readonly hostname?: string;
  readonly domains?: readonly { readonly name?: string; readonly catchAll?: string }[];
  readonly parkedDomains?: readonly { readonly name?: string }[];
  readonly mailboxes?: readonly DeclaredMailbox[];
  readonly aliases?: readonly {
    readonly address?: string;
    readonly targets?: readonly (string | undefined)[];
  }[];
  readonly aliasesOutside?: boolean;
  readonly postmaster?: string;
  readonly purgedMailboxes?: readonly (string | undefined)[];
}

export interface DeclaredMailbox {
  readonly address?: string;
  readonly displayName?: string;
  readonly passwordHash?: string;
  readonly appPasswords?: readonly { readonly name?: string; readonly passwordHash?: string }[];
  readonly sendOnly?: boolean;
  readonly sendLimits?: DeclaredSendLimits;
  readonly quota?: string;
}

export const mailboxWanted = "an address such as alice@example.com: lower case, without +";

export function within(domains: DeclaredAddresses["domains"]): Rule<string> {
  const names = goodDomains(domains);
  return (address) => {
    if (!names || names.has(domainOf(address))) return undefined;
    const few = [...names].slice(0, 5).join(", ");
    return `an address in one of the declared domains (${few}${names.size > 5 ? ", …" : ""})`;
  };
}

/** Nothing is judged by a list that is wrong itself. */
export function goodDomains(domains: DeclaredAddresses["domains"]): ReadonlySet<string> | undefined {
  const names = new Set((domains ?? []).flatMap(({ name }) => name ?? []));
  const good = names.size > 0 && names.size === domains?.length && [...names].every(isDomainName);
  return good ? names : undefined;
}

export function goodMailboxes(
  mailboxes: DeclaredAddresses["mailboxes"],
): Map<string, DeclaredMailbox> | undefined {
  const byAddress = new Map((mailboxes ?? []).map((mailbox) => [mailbox.address ?? "", mailbox]));
  const good = byAddress.size > 0 && [...byAddress.keys()].every(isMailboxAddress);
  return good ? byAddress : undefined;
}
