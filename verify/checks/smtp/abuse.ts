import type { Check } from "../../check";
import { passed, warning } from "../../outcome";
import { everyHost, label } from "../../smtp/every-host";
import { ownRecipients } from "../../smtp/recipients";
import { said, undecided, verdict } from "../../smtp/reply";

export const smtpAbuse: Check = {
  id: "smtp-abuse",
  title: "Mail to abuse is taken",
  asks: "Whether the domain has the address that complaints go to. Who gets no complaint learns of a stolen mailbox from the block lists.",
  source: "RFC 2142 section 4",
  severity: "medium",
  run: (subject) =>
    everyHost(subject, async (host) => {
      const abuse = `abuse@${subject.domain}`;
      const reply = (await ownRecipients(subject, host)).to(abuse);
      switch (verdict(reply)) {
        case "accepted":
          return passed(`${label(host)} takes mail to ${abuse}.`);
        case "client":
        case "later":
          throw undecided(host, `RCPT TO:<${abuse}>`, reply);
        default:
          return warning(
            `${label(host)} refuses mail to ${abuse}.\nRCPT TO:<${abuse}>: ${said(reply)}`,
            `Make ${abuse} an alias of a mailbox that somebody reads.`,
          );
      }
    }),
};
