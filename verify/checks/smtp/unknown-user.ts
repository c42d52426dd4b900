import type { Check } from "../../check";
import { passed, warning } from "../../outcome";
import { everyHost, label } from "../../smtp/every-host";
import { nobody, ownRecipients } from "../../smtp/recipients";
import { said, undecided, verdict } from "../../smtp/reply";

export const smtpUnknownUser: Check = {
  id: "smtp-unknown-user",
  title: "Mail to nobody is refused at the door",
  asks: "Whether an address that nobody can have is refused while the sender is still there. A server that takes it and bounces it later sends its bounces to whomever a spammer has named; one that keeps it collects spam.",
  source: "RFC 5321 section 3.6.2, RFC 3834 section 2",
  severity: "medium",
  run: (subject) =>
    everyHost(subject, async (host) => {
      const unknown = `${nobody(subject.domain)}@${subject.domain}`;
      const reply = (await ownRecipients(subject, host)).to(unknown);
      switch (verdict(reply)) {
        case "accepted":
          return warning(
            `${label(host)} accepts mail to ${unknown}, which nobody can have.\nRCPT TO:<${unknown}>: ${said(reply)}`,
            "Let the server know its users and refuse all others with 550 5.1.1 (Postfix: reject_unlisted_recipient with virtual_mailbox_maps). If it is a catch-all that is meant, expect spam.",
          );
        case "client":
        case "later":
          throw undecided(host, `RCPT TO:<${unknown}>`, reply);
        default:
          return passed(`${label(host)} refuses mail to ${unknown}: ${said(reply)}`);
      }
    }),
};
