import { bcryptOf } from "./passwords";

/** The mailboxes beside alice's, with their passwords. */
export const people = {
  bob: { user: "bob@example.test", password: "bob-service-only", host: "mx1.example.test" },
} as const;

/**
 * What the tests of the mail service declare beyond the local stack: everything that a team may declare, once, so
 * that all of them share one server.
 */
export function declare(config: Record<string, unknown>): void {
  const mailboxes = config["mailserver:mailboxes"] as object[];
  mailboxes.push({ address: people.bob.user, passwordHash: bcryptOf(people.bob.password) });
}
