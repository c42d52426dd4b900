import type { Check } from "../../check";
import { CannotCheck, NotApplicable, notApplicable, passed, warning } from "../../outcome";
import { everyHost, label, type SmtpHost } from "../../smtp/every-host";
import { said, verdict } from "../../smtp/reply";
import { acceptedFalseEnds } from "../../smtp/smuggling";
import { leave, visit } from "../../smtp/visit";
import type { Subject } from "../../subject";

/**
 * A command that ends with LF alone is accepted by a Postfix with its default `smtpd_forbid_bare_newline = normalize`,
 * which is safe: it still wants CRLF.CRLF at the end of a message. So acceptance by itself is no fault. It is the
 * mark of a server that may be open to smuggling, and worth a warning only where smtp-smuggling could not find out.
 */
export const smtpBareNewline: Check = {
  id: "smtp-bare-newline",
  title: "Line feeds of their own do no harm",
  asks: "Whether the server takes LF without CR for the end of a command. SMTP forbids it; it is harmless where messages still end with CRLF.CRLF only.",
  source: "RFC 5321 section 2.3.8, postconf(5) smtpd_forbid_bare_newline",
  severity: "low",
  run: (subject) =>
    everyHost(subject, async (host) => {
      const answer = await noop(subject, host);
      if (answer === undefined)
        return passed(`${label(host)} does not take a line feed of its own for the end of a command.`);
      const accepts = `${label(host)} takes a line feed of its own for the end of a command: ${answer}`;
      try {
        if ((await acceptedFalseEnds(subject, host)).length > 0)
          return notApplicable(`${accepts}\nWhat harm that does smtp-smuggling tells.`);
        return passed(`${accepts}\nIt does no harm, because no message ends by one.`);
      } catch (error) {
        if (!(error instanceof CannotCheck || error instanceof NotApplicable)) throw error;
        return warning(
          `${accepts}\nWhether messages end by one too, which lets others forge mail, could not be found out:\n${error.message}`,
          "Make sure that only CRLF.CRLF ends a message (Postfix: postconf smtpd_forbid_bare_newline says normalize or reject).",
        );
      }
    }),
};

/** @returns the reply, if it is not a refusal */
function noop(subject: Subject, host: SmtpHost): Promise<string | undefined> {
  return visit(subject, host, async (session) => {
    session.talk.send("NOOP\n");
    if (await session.talk.silent(1500)) return undefined;
    const reply = await session.reply();
    if (verdict(reply) !== "accepted") return undefined;
    await leave(session);
    return said(reply);
  });
}
