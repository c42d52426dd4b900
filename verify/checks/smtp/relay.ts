import type { Check } from "../../check";
import { failed, notChecked, passed } from "../../outcome";
import { everyHost, label } from "../../smtp/every-host";
import { type Attempt, relayAttempts } from "../../smtp/relay";
import { said } from "../../smtp/reply";

export const smtpRelay: Check = {
  id: "smtp-relay",
  title: "Strangers can't send through the server",
  asks: "Whether the server passes mail of strangers on to strangers, in any of the classic forms: plainly, with %, ! or quotes in the local part, by a source route, and with senders of its own. An open relay is found within hours, and its address is then on every block list. No message is sent.",
  source: "RFC 5321 sections 3.6.1 and 7.9, RFC 2505 section 2.1",
  severity: "critical",
  run: (subject) =>
    everyHost(subject, async (host) => {
      const attempts = await relayAttempts(subject, host);
      const of = (...outcomes: readonly Attempt["outcome"][]) =>
        attempts.filter(({ outcome }) => outcomes.includes(outcome));
      const open = of("open");
      if (open.length > 0)
        return failed(
          [
            `${label(host)} is an open relay: it accepts ${open[0]?.recipient} from <${open[0]?.sender}>.`,
            ...open.map(shown),
          ].join("\n"),
          "Stop the server until it takes mail from port 25 for its own domains only (Postfix: smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination, with nobody else's networks in mynetworks, and allow_untrusted_routing unset). Behind NAT or a proxy, make sure that it sees the clients' own addresses.",
        );
      const undecided = of("client", "later", "not-asked");
      if (undecided.length > 0)
        return notChecked(
          [
            `${label(host)} accepts none of ${attempts.length} forms of relaying, but for ${undecided.length} of them it does not say that it never would.`,
            ...undecided.map(shown),
          ].join("\n"),
          "Run the same command again in some minutes, or on a machine whose address the server has no reason to distrust.",
        );
      const unclear = of("unclear");
      const refused = `${label(host)} refuses ${attempts.length - unclear.length} forms of relaying.`;
      return passed(
        unclear.length === 0
          ? refused
          : [
              refused,
              "These it accepts, and as it accepts nobody's address of the same kind they say nothing:",
              ...unclear.map(shown),
            ].join("\n"),
      );
    }),
};

function shown({ sender, recipient, reply }: Attempt): string {
  return `MAIL FROM:<${sender}>, RCPT TO:<${recipient}>: ${reply ? said(reply) : "no answer, the connection was closed"}`;
}
