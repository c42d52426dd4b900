import type { Check } from "../../check";
import { converse } from "../../conversation";
import { CannotCheck, type Finding, failed, NotApplicable, passed } from "../../outcome";
import { everyHost, label, type SmtpHost } from "../../smtp/every-host";
import { hello } from "../../smtp/hello";
import type { SmtpSession } from "../../smtp/session";
import { visit } from "../../smtp/visit";
import type { Subject } from "../../subject";
import { beginTls, HandshakeFailed } from "../../tls/connect";

export const smtpStarttlsInjection: Check = {
  id: "smtp-starttls-injection",
  title: "What precedes TLS does not count inside it",
  asks: "Whether a command that is sent together with STARTTLS, readable and changeable by anybody on the way, is carried out inside TLS. It lets the one on the way put words into somebody else's session.",
  source: "RFC 3207 section 4.2, CVE-2011-0411",
  severity: "high",
  run: (subject) =>
    everyHost(subject, async (host) => {
      const { secured, tlsUnknown } = await hello(subject, host);
      if (tlsUnknown) throw tlsUnknown;
      if (!secured) throw new NotApplicable(`There is no TLS between this client and ${label(host)}.`);
      return visit(subject, host, (session) => inject(subject, host, session));
    }),
};

async function inject(subject: Subject, host: SmtpHost, { talk, reply }: SmtpSession): Promise<Finding> {
  let conversation = talk;
  try {
    talk.send("STARTTLS\r\nNOOP\r\n");
    const { code, lines } = await reply();
    if (code !== 220)
      return passed(`${label(host)} refuses a command together with STARTTLS: ${code} ${lines.join(" ")}`);
    talk.socket.removeAllListeners("data");
    const tls = await beginTls(subject.network, talk.socket, host.name);
    const inside = converse(tls, talk.transcript);
    conversation = inside;
    // Its reply, 221, differs from NOOP's, so that there is no need to wait for what may not come.
    inside.send("QUIT\r\n");
    const first = await inside.line();
    if (!first.startsWith("221") && !(await inside.silent(1000)))
      return failed(
        [
          `${label(host)} carries out inside TLS what was sent before it: NOOP, sent together with STARTTLS, is answered ${JSON.stringify(first)}.`,
          ...inside.transcript,
        ].join("\n"),
        "Update the mail server, or the proxy that ends TLS before it; this hole has been known since 2011 (Postfix: mended in 2.8.2).",
      );
    return passed(`${label(host)} forgets what was sent together with STARTTLS.`);
  } catch (error) {
    if (error instanceof HandshakeFailed || (error instanceof CannotCheck && conversation.closed()))
      return passed(`${label(host)} breaks off when a command comes together with STARTTLS.`);
    throw error;
  }
}
