import type { Check } from "../../check";
import { CannotCheck, notApplicable, passed, warning } from "../../outcome";
import { everyHost, label, type SmtpHost } from "../../smtp/every-host";
import { acceptedFalseEnds } from "../../smtp/smuggling";
import { visit } from "../../smtp/visit";
import type { Subject } from "../../subject";

/**
 * A Postfix with its default `smtpd_forbid_bare_newline = normalize` takes LF alone for the end of a command, on
 * purpose, and still wants CRLF.CRLF at the end of a message. So that is no fault by itself, only the mark of a server
 * that may be open to smuggling, and where smtp-smuggling could not find that out this can't either. CR alone no common
 * server takes by default.
 */
export const smtpBareNewline: Check = {
  id: "smtp-bare-newline",
  title: "A lone CR or LF ends no command, or does no harm",
  asks: "Whether the server takes LF without CR, or CR without LF, for the end of a command. SMTP forbids both; LF is harmless where messages still end with CRLF.CRLF only.",
  source: "RFC 5321 section 2.3.8, postconf(5) smtpd_forbid_bare_newline",
  severity: "low",
  run: (subject) =>
    everyHost(subject, async (host) => {
      const [lf, cr] = await Promise.all([
        endsCommand(subject, host, "\n"),
        endsCommand(subject, host, "\r"),
      ]);
      if (!lf && !cr) return passed(`${label(host)} takes nothing but CRLF for the end of a command.`);
      const seen = `${label(host)} takes ${[lf && "LF", cr && "CR"].filter(Boolean).join(" and ")} alone for the end of a command.`;
      if ((await falseEnds(subject, host, seen)).length > 0)
        return notApplicable(`${seen}\nWhat harm that does smtp-smuggling tells.`);
      if (cr)
        return warning(
          seen,
          "Update the mail server, or set the software or the proxy before it to take CRLF only for the end of a line.",
        );
      return passed(`${seen}\nIt does no harm, because no message ends by it.`);
    }),
};

/** Sends two commands with the end between them. @returns whether both are answered */
function endsCommand(subject: Subject, host: SmtpHost, end: string): Promise<boolean> {
  return visit(subject, host, async (session) => {
    // RSET, because NOOP may not be followed by another command in one packet (RFC 2920 section 3.1).
    session.talk.send(`RSET${end}RSET\r\n`, "RSET\r\nRSET\r\n");
    // The reply to QUIT, 221, is another one, so that there is no need to wait for what may not come.
    try {
      if ((await session.reply()).code !== 250) return false;
      session.talk.send("QUIT\r\n");
      return (await session.reply()).code === 250;
    } catch (error) {
      if (error instanceof CannotCheck && session.talk.closed()) return false;
      throw error;
    }
  });
}

async function falseEnds(
  subject: Subject,
  host: SmtpHost,
  seen: string,
): ReturnType<typeof acceptedFalseEnds> {
  try {
    return await acceptedFalseEnds(subject, host);
  } catch (error) {
    if (!(error instanceof CannotCheck)) throw error;
    throw new CannotCheck(
      `${seen}\nWhether messages end by it too, which lets others forge mail, could not be found out: ${error.message}`,
      error.remedy,
    );
  }
}
