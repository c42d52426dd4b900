import { door } from "../access/doors";
import { mechanisms, submissionHello, submissionsHello, welcome } from "../access/hello";
import { type AccessHost, accessHost } from "../access-hosts";
import { CannotCheck, NotApplicable } from "../outcome";
import { openSmtp, type Reply, type SmtpSession } from "../smtp/session";
import type { Subject } from "../subject";
import { accountOf, NamedBy } from "./account-check";
import { requireTrust } from "./trust";

/**
 * Logs in for submission, on port 465 or else on 587. The caller closes the session.
 * @throws NamedBy account-delivery when the login is refused, NotApplicable where no port is open
 */
export async function openSubmission(subject: Subject): Promise<SmtpSession> {
  const { host, smtp } = await connect(subject);
  try {
    requireTrust(smtp.tls, host);
    const keywords = await smtp.ehlo();
    const reply = await authenticate(subject, smtp, mechanisms(keywords));
    if (reply.code === 235) return smtp;
    throw new NamedBy(
      "account-delivery",
      [
        `${host.name} refuses the login for submission, which IMAP takes.`,
        ...smtp.talk.transcript.slice(-4),
      ].join("\n"),
      "Let the submission service ask the same authentication server as IMAP (in Postfix smtpd_sasl_type=dovecot and smtpd_sasl_path), and look at its log.",
    );
  } catch (error) {
    smtp.close();
    throw error;
  }
}

async function connect(subject: Subject): Promise<{ host: AccessHost; smtp: SmtpSession }> {
  const implicit = submissionsHello(subject);
  const late = submissionHello(subject);
  const [submissions, submission] = await Promise.all([door(implicit), door(late)]);
  if (submissions === "open") {
    const host = await accessHost(subject, "submissions");
    const smtp = await openSmtp(subject, host, { implicitTls: host.name });
    welcome(smtp);
    return { host, smtp };
  }
  if (submission !== "open") {
    if (submissions === "silent") await implicit;
    if (submission === "silent") await late;
    throw new NotApplicable("No port for submission is open, which access-submissions tells.");
  }
  const host = await accessHost(subject, "submission");
  const plain = await openSmtp(subject, host);
  welcome(plain);
  if ((await plain.ehlo()).has("STARTTLS")) return { host, smtp: await plain.startTls(host.name) };
  plain.close();
  throw new NotApplicable("Port 587 has no STARTTLS, which access-submission tells.");
}

/** AUTH by RFC 4954, PLAIN by RFC 4616; LOGIN for old servers of Microsoft. */
async function authenticate(subject: Subject, smtp: SmtpSession, offered: readonly string[]): Promise<Reply> {
  const { user, password } = accountOf(subject);
  const encoded = (text: string) => Buffer.from(text).toString("base64");
  if (offered.includes("PLAIN"))
    return smtp.command(`AUTH PLAIN ${encoded(`\0${user}\0${password}`)}`, "AUTH PLAIN (hidden)");
  if (!offered.includes("LOGIN"))
    throw new CannotCheck(
      `The server offers no login by PLAIN or LOGIN: AUTH ${offered.join(" ") || "is not offered"}.`,
      "Send a message with a mail program that knows what is offered.",
    );
  const begun = await smtp.command("AUTH LOGIN");
  if (begun.code !== 334) return begun;
  const named = await smtp.command(encoded(user));
  return named.code === 334 ? smtp.command(encoded(password), "(hidden)") : named;
}
