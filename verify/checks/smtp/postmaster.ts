import type { Check } from "../../check";
import { failed, passed, warning } from "../../outcome";
import { everyHost, label } from "../../smtp/every-host";
import { ownRecipients } from "../../smtp/recipients";
import { said, verdict } from "../../smtp/reply";

export const smtpPostmaster: Check = {
  id: "smtp-postmaster",
  title: "Mail to the postmaster is taken",
  asks: "Whether the domain's postmaster address exists, and postmaster without a domain too. It is the one address that every domain with mail must have; certificate authorities and block lists write to it.",
  source: "RFC 5321 section 4.5.1",
  severity: "medium",
  run: (subject) =>
    everyHost(subject, async (host) => {
      const { to } = await ownRecipients(subject, host);
      const postmaster = `postmaster@${subject.domain}`;
      if (verdict(to(postmaster)) !== "accepted")
        return failed(
          `${label(host)} refuses mail to ${postmaster}.\nRCPT TO:<${postmaster}>: ${said(to(postmaster))}`,
          `Make ${postmaster} an alias of a mailbox that somebody reads.`,
        );
      const bare = to("postmaster");
      if (verdict(bare) === "refused" || verdict(bare) === "no-relay")
        return warning(
          `${label(host)} takes mail to ${postmaster}, and refuses it to postmaster without a domain.\nRCPT TO:<postmaster>: ${said(bare)}`,
          "Make postmaster at the server's own domain an alias too (Postfix: the domain is myorigin).",
        );
      return passed(`${label(host)} takes mail to ${postmaster}.`);
    }),
};
