import type { Check } from "../../check";
import { failed, notApplicable, passed } from "../../outcome";
import { everyHost, label } from "../../smtp/every-host";
import { recipients } from "../../smtp/recipients";
import { relayAttempts } from "../../smtp/relay";
import { acceptedFalseEnds, falseEnds } from "../../smtp/smuggling";

export const smtpSmuggling: Check = {
  id: "smtp-smuggling",
  title: "Only a proper end of a message ends it",
  asks: "Whether the server takes anything but CRLF.CRLF for the end of a message. If it does, a sender at a provider that sees no end there can smuggle in a second message in any name of that provider's, and SPF and DMARC pass. A message to the postmaster is begun and never properly ended, so a sound server delivers nothing.",
  source: "RFC 5321 sections 2.3.8 and 4.1.1.4, CVE-2023-51764",
  severity: "high",
  run: (subject) =>
    everyHost(subject, async (host) => {
      const fallen = await acceptedFalseEnds(subject, host);
      if (fallen.length === 0)
        return passed(
          `${label(host)} takes none of ${falseEnds.length} false ends for the end of a message.`,
        );
      if ((await relayAttempts(subject, host)).some(({ outcome }) => outcome === "open"))
        return notApplicable(
          `${label(host)} takes ${fallen[0]?.end} for the end of a message, but it relays for this client too, which smtp-relay tells: it may do both for those that it trusts only.`,
        );
      const { receiver } = await recipients(subject, host);
      return failed(
        [
          `${label(host)} takes ${fallen.map(({ end }) => end).join(", ")} for the end of a message.`,
          ...fallen.map(({ end, said }) => `${end}: ${said}`),
          `${receiver} may find test messages that say what they are.`,
        ].join("\n"),
        "Let only CRLF.CRLF end a message (Postfix: smtpd_forbid_bare_newline = normalize, the default from 3.9 on; Exim: 4.97.1 or newer; Sendmail: 8.18 or newer with srv_features o; Cisco Secure Email: CR and LF handling Allow).",
      );
    }),
};
