import { accountCheck } from "../../account/account-check";
import { delivery } from "../../account/delivery";
import { fieldsOf } from "../../account/header";
import type { Check } from "../../check";
import { failed, passed } from "../../outcome";

export const accountDelivery: Check = accountCheck({
  id: "account-delivery",
  title: "A message to oneself arrives in INBOX",
  asks: "Whether a message that the account hands in for itself arrives, and not among junk. It is deleted again.",
  source: "RFC 6409, RFC 9051",
  severity: "critical",
  run: async (subject) => {
    const { junk, mailbox, seconds, source } = await delivery(subject);
    if (!junk) return passed(`The message arrived in INBOX ${seconds} s after the server took it.`);
    const verdicts = fieldsOf(source).filter(({ name }) => /spam|rspamd|authentication-results/.test(name));
    return failed(
      [
        `The message arrived in ${mailbox}: the server takes its own users' mail for junk.`,
        ...verdicts.map(({ name, value }) => `${name}: ${value}`),
      ].join("\n"),
      "Look up in the filter's log which rules counted, and let mail of users who have logged in pass without them (in Rspamd settings for `authenticated`).",
    );
  },
});
