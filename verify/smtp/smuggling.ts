import { CannotCheck } from "../outcome";
import type { Subject } from "../subject";
import type { SmtpHost } from "./every-host";
import { ownRecipients } from "./recipients";
import { said, undecided, verdict } from "./reply";
import type { SmtpSession } from "./session";
import { visit } from "./visit";

/**
 * What a server must not take for the end of a message, which is CRLF.CRLF only (RFC 5321 section 4.1.1.4): the ends
 * of "SMTP smuggling" (SEC Consult 2023; CVE-2023-51764 Postfix, -51765 Sendmail, -51766 Exim) and what was found
 * after it.
 */
export const falseEnds = [
  "\n.\n",
  "\n.\r\n",
  "\r\n.\n",
  "\n.\r",
  "\r.\r",
  "\r.\n",
  "\r.\r\n",
  "\r\n.\r",
  "\r\n.\r\r\n",
  "\r\r\n.\r\r\n",
  "\r\n\0.\r\n",
  "\r\n.\0\r\n",
] as const;

export interface FalseEnd {
  /** For example "<LF>.<CR><LF>". */
  readonly end: string;
  /** What the server said to it, as it came. */
  readonly said: string;
}

/** Milliseconds; a server may look at a message before it answers. */
const answerWithin = 3000;

/** @returns for example "<LF>.<CR><LF>" */
export function spelled(end: string): string {
  return end.replace(/\r/g, "<CR>").replace(/\n/g, "<LF>").replace(/\0/g, "<NUL>");
}

/**
 * The ends that a host falls for; empty when there is none. All are put into one message first: a server that stays
 * silent has seen the end in none of them. Only one that says something, or hangs up, is asked for each in a session
 * of its own. No message is ever ended as it should be, so a server that knows what an end is delivers nothing.
 * @throws NotApplicable, CannotCheck when the host takes no message of this client's
 */
export function acceptedFalseEnds(subject: Subject, host: SmtpHost): Promise<readonly FalseEnd[]> {
  return subject.once(`smtp smuggling for ${subject.domain} at ${host.address}`, async () => {
    const all = falseEnds.map((end) => `A line.${end}Not a command.\r\n`).join("");
    const together = await tryEnd(subject, host, all);
    if (together === silent) return [];
    const tried = await Promise.all(
      falseEnds.map(async (end) => ({ end: spelled(end), said: await triedAlone(subject, host, end) })),
    );
    const fallen = tried.flatMap(({ end, said }) =>
      typeof said === "string" && said !== silent && said !== refused ? [{ end, said }] : [],
    );
    if (fallen.length > 0) return fallen;
    if (together !== refused) return [{ end: `one of ${falseEnds.map(spelled).join(", ")}`, said: together }];
    const untried = tried.find(({ said }) => said instanceof CannotCheck)?.said;
    if (untried instanceof CannotCheck) throw untried;
    return [];
  });
}

/** A server may limit the connections of a client, and have said enough before. */
async function triedAlone(subject: Subject, host: SmtpHost, end: string): Promise<string | CannotCheck> {
  try {
    return await tryEnd(subject, host, `A line.${end}`);
  } catch (error) {
    if (error instanceof CannotCheck) return error;
    throw error;
  }
}

/** The server waits for more of the message. */
const silent = "silent";
/** The server hung up. */
const refused = "refused";

/**
 * Begins a message with such an end in it.
 * @returns `silent`, `refused`, or the server's reply: it took that for the end
 */
async function tryEnd(subject: Subject, host: SmtpHost, text: string): Promise<string> {
  const { sender, tls, receiver } = await ownRecipients(subject, host);
  return visit(
    subject,
    host,
    async (session) => {
      for (const command of [`MAIL FROM:<${sender}>`, `RCPT TO:<${receiver}>`]) {
        const reply = await session.command(command);
        if (verdict(reply) !== "accepted") throw undecided(host, command, reply);
      }
      const data = await session.command("DATA");
      if (data.code !== 354) throw undecided(host, "DATA", data);
      session.talk.send(`${header(subject, receiver)}${text}`);
      return heard(session);
    },
    { tls },
  );
}

async function heard(session: SmtpSession): Promise<string> {
  const { talk } = session;
  if (await talk.silent(answerWithin)) {
    if (talk.closed()) return refused;
    // A server to which a lone CR ends a line may wait for what follows it.
    talk.send("NOOP\r\n");
    if (await talk.silent(500)) return talk.closed() ? refused : silent;
  }
  const reply = await session.reply();
  if (verdict(reply) === "accepted") return said(reply);
  // A refusal is right when it is the end of the session; a server that then takes commands takes smuggled ones.
  try {
    const next = await session.command("NOOP");
    return verdict(next) === "accepted" ? `${said(reply)}, and then takes commands` : refused;
  } catch (error) {
    if (error instanceof CannotCheck) return refused;
    throw error;
  }
}

/**
 * Whoever finds the message in a mailbox must learn what it is. The first line ends with CRLF, by which Exim knows a
 * client that ends its lines properly; to others it lets LF alone end a message.
 */
function header({ domain, now }: Subject, receiver: string): string {
  return [
    "From: mailserver verify <verify@verify.invalid>",
    `To: <${receiver}>`,
    "Subject: Test message of mailserver verify; it should not have been delivered",
    `Date: ${now.toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <smtp-smuggling.${now.getTime()}@verify.invalid>`,
    "Auto-Submitted: auto-generated",
    "",
    `Somebody ran "mailserver verify ${domain}". Its check smtp-smuggling began this message and never`,
    "ended it as SMTP has it. That it is here means that the server takes something else for the end of",
    "a message, by which others can forge mail (CVE-2023-51764). The report says how to mend it.",
    "",
    "",
  ].join("\r\n");
}
