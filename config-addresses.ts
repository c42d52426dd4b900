import { passwordWanted } from "./components/check-mailboxes";
import { toAscii } from "./components/names";
import type { Reader } from "./config-reader";

export function readMailbox(mailbox: Reader) {
  return {
    address: address(mailbox.required("address", "the mailbox's address, such as alice@example.com")),
    displayName: mailbox.optional("displayName", "the name that people see, such as Alice Example"),
    passwordHash: mailbox.optional("passwordHash", passwordWanted),
    appPasswords: mailbox.optionalObjects(
      "appPasswords",
      "a list of passwords, each with name and passwordHash",
      (app) => ({
        name: app.required("name", "what uses the password, such as phone"),
        passwordHash: app.required(
          "passwordHash",
          "what `npx mailserver password` prints, set with `pulumi config set --secret --path`",
        ),
      }),
    ),
    sendOnly: mailbox.boolean("sendOnly"),
    sendLimits: mailbox.object("sendLimits", readSendLimits),
    quota: mailbox.optional("quota", "a size such as 5 GB"),
  };
}

export function readSendLimits(limits: Reader) {
  return {
    messagesPerHour: limits.integer("messagesPerHour", "a whole number of messages within an hour"),
    recipientsPerDay: limits.integer("recipientsPerDay", "a whole number of recipients within a day"),
  };
}

export function readAlias(alias: Reader) {
  return {
    address: address(alias.required("address", "the alias's address, such as sales@example.com")),
    targets: alias.requiredTexts("targets", "a list of addresses")?.map(address),
  };
}

/** Names may be written in any script; in DNS, and here from now on, they have the form for machines. */
export const name = <T extends string | undefined>(text: T) =>
  text === undefined ? undefined : toAscii(text);

export function address(text: string | undefined): string | undefined {
  const at = text?.lastIndexOf("@") ?? -1;
  return text === undefined || at < 0 ? text : `${text.slice(0, at + 1)}${toAscii(text.slice(at + 1))}`;
}
