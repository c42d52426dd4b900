import { accountCheck } from "../../account/account-check";
import { imapLogin } from "../../account/mailbox";
import type { Check } from "../../check";
import { passed } from "../../outcome";

export const accountImap: Check = accountCheck({
  id: "account-imap",
  title: "The account logs in by IMAP",
  asks: "Whether the given account can log in on port 993 and open its INBOX.",
  source: "RFC 9051 section 6.2",
  severity: "high",
  run: async (subject) => {
    const { host, seconds, messages } = await imapLogin(subject);
    return passed(
      `${subject.account?.user} logged in at ${host} in ${seconds} s; INBOX has ${messages} messages.`,
    );
  },
});
