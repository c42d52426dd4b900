import type { Check } from "../../check";
import { CannotCheck, type Finding, passed, warning } from "../../outcome";
import { everyHost, label, type SmtpHost } from "../../smtp/every-host";
import { said, verdict } from "../../smtp/reply";
import type { SmtpSession } from "../../smtp/session";
import { visit } from "../../smtp/visit";

/** Octets; a command may have 512, and the extensions add some dozens each (RFC 5321 sections 4.5.3.1.4 and 4.1.1.2). */
const length = 64 * 1024;

export const smtpLimits: Check = {
  id: "smtp-limits",
  title: "A command without measure is refused",
  asks: "Whether the server refuses a command line of 64 KiB, or hangs up, instead of working on it. Whatever is taken without measure can fill its memory.",
  source: "RFC 5321 sections 4.5.3.1.4 and 4.5.3.1.9",
  severity: "low",
  run: (subject) => everyHost(subject, (host) => visit(subject, host, (session) => exceed(host, session))),
};

async function exceed(host: SmtpHost, session: SmtpSession): Promise<Finding> {
  const what = "a sender's address of 64 KiB";
  const sender = `${"a".repeat(length)}@example.org`;
  try {
    session.talk.send(`MAIL FROM:<${sender}>\r\n`, `MAIL FROM:<${sender.slice(0, 8)}...>`);
    const reply = await session.reply();
    if (verdict(reply) !== "accepted")
      return passed(`${label(host)} refuses ${what}: ${said(reply).slice(0, 200)}`);
    return warning(
      `${label(host)} accepts ${what}.\nMAIL FROM:<${sender.slice(0, 8)}...>: ${said(reply).slice(0, 200)}`,
      "Limit the length of a command line to some KiB (Postfix: line_length_limit = 2048), or update the software.",
    );
  } catch (error) {
    if (error instanceof CannotCheck && session.talk.closed())
      return passed(`${label(host)} hangs up on a client that sends ${what}.`);
    throw error;
  }
}
