import { checkSendLimits } from "./check-sending";
import {
  type DeclaredAddresses,
  type DeclaredMailbox,
  goodMailboxes,
  mailboxWanted,
  within,
} from "./declared-addresses";
import { isMailboxAddress } from "./names";
import { checkPasswordHash } from "./password-hash";
import { distinct, one, type Problem, quote, type Rule } from "./rule";
import { sizeBetween } from "./size";

/** Everything that is wrong with the mailboxes that there are, and those whose mail is to go. */
export function checkMailboxes(server: DeclaredAddresses): Problem[] {
  return [
    ...checkEach(server),
    ...one("postmaster", server.postmaster, (postmaster) => checkPostmaster(postmaster, server.mailboxes)),
    ...checkPurged(server),
  ];
}

/** That each mailbox has a password at all; apart from the rest, because it may be one that is still to come. */
export function checkPasswordsGiven(
  mailboxes: readonly { readonly passwordHash?: unknown; readonly appPasswords?: readonly unknown[] }[],
): Problem[] {
  return mailboxes.flatMap(({ passwordHash, appPasswords }, i) =>
    passwordHash === undefined && !appPasswords?.length
      ? [{ path: `mailboxes[${i}].passwordHash`, got: "nothing", wants: passwordWanted }]
      : [],
  );
}

export const passwordWanted =
  "what `npx mailserver password` prints, set with `pulumi config set --secret --path`, or appPasswords";

function checkEach({ mailboxes = [], domains }: DeclaredAddresses): Problem[] {
  const withinDomains = within(domains);
  const another = distinct();
  return mailboxes.flatMap((mailbox, i) => {
    const { address, displayName, passwordHash, appPasswords = [], sendLimits, quota } = mailbox;
    const path = `mailboxes[${i}]`;
    const rule: Rule<string> = (value) =>
      isMailboxAddress(value) ? (withinDomains(value) ?? another(value, path)) : mailboxWanted;
    return [
      ...one(`${path}.address`, address, rule, showAddress),
      ...one(`${path}.displayName`, displayName, checkDisplayName),
      ...checkHash(`${path}.passwordHash`, passwordHash),
      ...checkAppPasswords(`${path}.appPasswords`, appPasswords),
      ...checkSendLimits(`${path}.sendLimits`, sendLimits),
      ...one(`${path}.quota`, quota, checkQuota),
    ];
  });
}

/** It is a field of a passwd(5) line and a word in headers. Of surrogates, only pairs are characters. */
function checkDisplayName(name: string): string | undefined {
  return /^[^:\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{1,64}$/u.test(name) && name.trim() === name
    ? undefined
    : "the name that people see, such as Alice Example: 1 to 64 characters, no colon, no control characters, no blank at its ends";
}

function checkHash(path: string, passwordHash: string | undefined): Problem[] {
  const wrong = passwordHash === undefined ? undefined : checkPasswordHash(passwordHash);
  return wrong ? [{ path, ...wrong }] : [];
}

/** The most is what the largest volume holds. */
export const checkQuota = sizeBetween("1 MB", "16 TiB", "what a mailbox holds,");

/** A wrong password is compared with each of them, slowly as is right. */
const MAX_APP_PASSWORDS = 10;

function checkAppPasswords(
  path: string,
  appPasswords: NonNullable<DeclaredMailbox["appPasswords"]>,
): Problem[] {
  const another = distinct();
  const name = (path: string): Rule<string> => {
    return (value) =>
      isAppName(value)
        ? another(value, path)
        : "what uses it, such as phone: letters, digits, . _ -, at most 32";
  };
  return [
    ...one(
      path,
      appPasswords,
      ({ length }) => (length > MAX_APP_PASSWORDS ? `at most ${MAX_APP_PASSWORDS} of them` : undefined),
      ({ length }) => `${length} passwords`,
    ),
    ...appPasswords.flatMap((app, i) => [
      ...one(`${path}[${i}].name`, app.name, name(`${path}[${i}]`), () => "text that is no name"),
      ...checkHash(`${path}[${i}].passwordHash`, app.passwordHash),
    ]),
  ];
}

function isAppName(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/.test(text);
}

/** What is no address may be a hash or a password in the wrong place. */
function showAddress(address: string): string {
  return /^[^@\s{}$]+@[^@\s{}$]+$/.test(address) ? quote(address) : "text that is no address";
}

function checkPostmaster(postmaster: string, mailboxes: DeclaredAddresses["mailboxes"]): string | undefined {
  const declared = goodMailboxes(mailboxes);
  if (!declared) return undefined;
  if (declared.get(postmaster)?.sendOnly) return "a mailbox that takes mail: this one only sends";
  return declared.has(postmaster)
    ? undefined
    : `the address of a declared mailbox (${[...declared.keys()].join(", ")})`;
}

function checkPurged({ purgedMailboxes = [], mailboxes = [] }: DeclaredAddresses): Problem[] {
  const another = distinct();
  const paths = new Map(mailboxes.map(({ address }, i) => [address, `mailboxes[${i}]`]));
  return purgedMailboxes.flatMap((address, i) =>
    one(`purgedMailboxes[${i}]`, address, (text) => {
      if (!isMailboxAddress(text)) return mailboxWanted;
      const mailbox = paths.get(text);
      if (mailbox !== undefined)
        return `a mailbox that is no longer declared: its mail would be deleted, and it is ${mailbox}`;
      return another(text, `purgedMailboxes[${i}]`);
    }),
  );
}
