import type { Check } from "../../check";
import { type Conversation, converse } from "../../conversation";
import { CannotCheck, type Finding, passed, warning } from "../../outcome";
import { everyHost, label, type SmtpHost } from "../../smtp/every-host";
import { said, verdict } from "../../smtp/reply";
import type { SmtpSession } from "../../smtp/session";
import { visit } from "../../smtp/visit";
import type { Subject } from "../../subject";

/**
 * No standard wants it of a server, and the common ones look at different moments: Postfix before its answer to EHLO,
 * Exim before its greeting. Either is enough.
 */
export const smtpEarlyTalker: Check = {
  id: "smtp-early-talker",
  title: "Clients that do not wait are turned away",
  asks: "Whether the server notices a client that talks before the greeting, or sends the next command without waiting for the answer to EHLO. No mail server does that, and much of the spam software.",
  source: "RFC 5321 section 4.3.1, RFC 2920 section 3.1, postconf(5) smtpd_forbid_unauth_pipelining",
  severity: "low",
  run: (subject) =>
    everyHost(subject, async (host) => {
      const finding = await visit(subject, host, (session) => hurry(host, session));
      return finding.outcome === "passed" ? finding : ((await interrupt(subject, host)) ?? finding);
    }),
};

/** EHLO must be the last of a group, because only its answer tells whether groups are allowed. */
async function hurry(host: SmtpHost, session: SmtpSession): Promise<Finding> {
  const { talk } = session;
  try {
    talk.send(`${ehlo(talk)}NOOP\r\n`);
    const first = await session.reply();
    if (verdict(first) !== "accepted")
      return passed(
        `${label(host)} turns away a client that does not wait for the answer to EHLO: ${said(first)}`,
      );
    talk.send("QUIT\r\n");
    const next = await session.reply();
    if (next.code === 221 || verdict(next) !== "accepted")
      return passed(`${label(host)} does not answer what comes before the answer to EHLO: ${said(next)}`);
    return warning(
      `${label(host)} answers a client that does not wait.\nEHLO and NOOP in one packet: ${said(next)} to the second`,
      "Refuse it (Postfix: smtpd_forbid_unauth_pipelining = yes, the default from 3.9 on; Exim: a delay of some seconds in acl_smtp_connect, in which smtp_enforce_sync notices it).",
    );
  } catch (error) {
    if (error instanceof CannotCheck && talk.closed())
      return passed(`${label(host)} hangs up on a client that does not wait for the answer to EHLO.`);
    throw error;
  }
}

/** @returns nothing when the server greets a client that talks before the greeting */
async function interrupt({ network }: Subject, host: SmtpHost): Promise<Finding | undefined> {
  const talk = converse(await network.connect({ address: host.address, port: 25 }));
  try {
    talk.send(ehlo(talk));
    const line = await talk.line();
    return /^[45]/.test(line)
      ? passed(`${label(host)} turns away a client that talks before the greeting: ${line}`)
      : undefined;
  } catch (error) {
    if (error instanceof CannotCheck && talk.closed())
      return passed(`${label(host)} hangs up on a client that talks before the greeting.`);
    throw error;
  } finally {
    talk.close();
  }
}

function ehlo({ socket }: Conversation): string {
  return `EHLO [${socket.localAddress ?? "127.0.0.1"}]\r\n`;
}
