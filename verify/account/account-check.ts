import type { Check } from "../check";
import { CannotCheck, failed, NotApplicable } from "../outcome";
import type { Account, Subject } from "../subject";

/** A fault that several checks come upon: the one that it belongs to names it, to the others the question does not arise. */
export class NamedBy extends NotApplicable {
  constructor(
    readonly checkId: string,
    readonly evidence: string,
    readonly remedy: string,
  ) {
    super(`This was not reached; ${checkId} tells why.`);
  }
}

/**
 * A check that logs in: not applicable without an account of the domain. Whatever a server says, even if it repeats
 * the password, the password is in nothing that leaves the check.
 */
export function accountCheck(check: Check): Check {
  return {
    ...check,
    run: async (subject) => {
      const hide = hiding(accountOf(subject));
      try {
        const finding = await check.run(subject);
        return { ...finding, evidence: hide(finding.evidence), remedy: hide(finding.remedy) };
      } catch (error) {
        if (error instanceof NamedBy && error.checkId === check.id)
          return failed(hide(error.evidence), hide(error.remedy));
        if (error instanceof NotApplicable) throw new NotApplicable(hide(error.message));
        if (error instanceof CannotCheck) throw new CannotCheck(hide(error.message), hide(error.remedy));
        throw new Error(hide(String((error as Error)?.stack ?? error)));
      }
    },
  };
}

/** @throws NotApplicable without an account, or when it belongs to another domain */
export function accountOf({ account, domain }: Subject): Account & { readonly address: string } {
  if (!account) throw new NotApplicable("No account was given to log in with.");
  const address = account.user.includes("@") ? account.user : `${account.user}@${domain}`;
  if (domainOf(address) !== domain) throw new NotApplicable(`The account ${address} is of another domain.`);
  return { ...account, address };
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}

/** @returns a function that takes the password out of a text, also in the forms in which it is sent */
function hiding({ user, password }: Account): (text: string) => string {
  const encoded = (text: string) => Buffer.from(text).toString("base64");
  const secrets = [encoded(`\0${user}\0${password}`), encoded(password), password].filter(
    (secret) => secret !== "",
  );
  return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, "(hidden)"), text);
}
