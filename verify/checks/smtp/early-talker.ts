import type { Check } from "../../check";
import { CannotCheck, type Finding, passed, warning } from "../../outcome";
import { everyHost, label, type SmtpHost } from "../../smtp/every-host";
import { said, verdict } from "../../smtp/reply";
import type { SmtpSession } from "../../smtp/session";
import { visit } from "../../smtp/visit";

export const smtpEarlyTalker: Check = {
  id: "smtp-early-talker",
  title: "Clients that do not wait are turned away",
  asks: "Whether the server notices a client that sends the next command without waiting for the answer to EHLO, as no mail server does and much of the spam software.",
  source: "RFC 2920 section 3.1, postconf(5) smtpd_forbid_unauth_pipelining",
  severity: "low",
  run: (subject) => everyHost(subject, (host) => visit(subject, host, (session) => talkEarly(host, session))),
};

async function talkEarly(host: SmtpHost, session: SmtpSession): Promise<Finding> {
  const { talk } = session;
  const { localAddress = "127.0.0.1" } = talk.socket;
  try {
    // EHLO must be the last of a group, because only its answer tells whether groups are allowed.
    talk.send(`EHLO [${localAddress}]\r\nNOOP\r\n`);
    const ehlo = await session.reply();
    if (verdict(ehlo) !== "accepted")
      return passed(
        `${label(host)} turns away a client that does not wait for the answer to EHLO: ${said(ehlo)}`,
      );
    talk.send("QUIT\r\n");
    const next = await session.reply();
    if (next.code === 221 || verdict(next) !== "accepted")
      return passed(`${label(host)} does not answer what comes before the answer to EHLO: ${said(next)}`);
    return warning(
      `${label(host)} answers a client that does not wait for the answer to EHLO.\nEHLO and NOOP in one packet: ${said(next)} to the second`,
      "Refuse it (Postfix: smtpd_forbid_unauth_pipelining = yes, the default from 3.9 on; Exim: smtp_enforce_sync, on by default).",
    );
  } catch (error) {
    if (error instanceof CannotCheck && talk.closed())
      return passed(`${label(host)} hangs up on a client that does not wait for the answer to EHLO.`);
    throw error;
  }
}
