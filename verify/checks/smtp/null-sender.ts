import type { Check } from "../../check";
import { failed, passed } from "../../outcome";
import { everyHost, label } from "../../smtp/every-host";
import { ownRecipients } from "../../smtp/recipients";
import { said, undecided, verdict } from "../../smtp/reply";

export const smtpNullSender: Check = {
  id: "smtp-null-sender",
  title: "Bounces are taken",
  asks: "Whether mail from the null sender is accepted. Every notice that a message could not be delivered comes from it, and servers that verify senders ask with it.",
  source: "RFC 5321 sections 4.5.5 and 6.1",
  severity: "high",
  run: (subject) =>
    everyHost(subject, async (host) => {
      const { nullSender, fromNull, sender, to } = await ownRecipients(subject, host);
      const postmaster = `postmaster@${subject.domain}`;
      const remedy =
        "Accept the empty sender, MAIL FROM:<>, for every recipient that exists (Postfix: look for <> in smtpd_sender_restrictions and the tables that it names).";
      if (!fromNull) {
        if (verdict(nullSender) !== "refused") throw undecided(host, "MAIL FROM:<>", nullSender);
        return failed(`${label(host)} refuses the null sender.\nMAIL FROM:<>: ${said(nullSender)}`, remedy);
      }
      if (sender && verdict(to(postmaster)) === "accepted")
        return failed(
          [
            `${label(host)} refuses mail to ${postmaster} from the null sender, and takes it from another.`,
            `MAIL FROM:<>, RCPT TO:<${postmaster}>: ${said(fromNull)}`,
            `MAIL FROM:<${sender}>, RCPT TO:<${postmaster}>: ${said(to(postmaster))}`,
          ].join("\n"),
          remedy,
        );
      return passed(`${label(host)} takes mail from the null sender.`);
    }),
};
