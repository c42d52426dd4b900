import * as pulumi from "@pulumi/pulumi";
import type { DeclaredMailbox } from "./declared-addresses";
import type { Mailbox } from "./mail-server-args";
import { judged } from "./problems";
import { parseSize } from "./size";

/** Mailboxes with their hashes as secrets, each judged as soon as it is known. */
export function withSecrets(component: string, mailboxes: readonly Mailbox[]) {
  const secret = (hash: pulumi.Input<string>, i: number, declares: (hash: string) => DeclaredMailbox) =>
    judged(component, pulumi.secret(hash), (known) => ({
      mailboxes: mailboxes.map((_, j) => (i === j ? declares(known) : {})),
    }));
  return mailboxes.map(({ passwordHash, appPasswords, quota, ...mailbox }, i) => ({
    ...mailbox,
    ...(quota === undefined ? {} : { quotaBytes: parseSize(quota) }),
    ...(passwordHash === undefined
      ? {}
      : { passwordHash: secret(passwordHash, i, (hash) => ({ passwordHash: hash })) }),
    ...(appPasswords === undefined
      ? {}
      : {
          appPasswords: appPasswords.map((app, k) => ({
            ...app,
            passwordHash: secret(app.passwordHash, i, (hash) => ({
              appPasswords: appPasswords.map((_, l) => (k === l ? { passwordHash: hash } : {})),
            })),
          })),
        }),
  }));
}
