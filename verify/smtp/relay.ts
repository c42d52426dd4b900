import { CannotCheck } from "../outcome";
import type { Subject } from "../subject";
import type { SmtpHost } from "./every-host";
import { nobody, type Recipients, recipients } from "./recipients";
import { type Verdict, verdict } from "./reply";
import type { Reply, SmtpSession } from "./session";
import { leave, visit } from "./visit";

/** One way to ask a server to pass mail on to a stranger. */
export interface Attempt {
  /** Empty is the null sender. */
  readonly sender: string;
  readonly recipient: string;
  /** To RCPT, or to MAIL where that was refused; not there when the server had hung up. */
  readonly reply?: Reply;
  /**
   * - `open`: the server takes it
   * - `unclear`: it takes it, and takes nobody's address of the same form too, so that it may be a catch-all
   */
  readonly outcome: "open" | "unclear" | Exclude<Verdict, "accepted"> | "not-asked";
}

interface Form {
  readonly sender: string;
  readonly recipient: string;
  /** An address that nobody has, of the same form: taken, it makes the form's own acceptance say nothing. */
  readonly control?: string;
}

/**
 * Recipients that are foreign to every server and never get anything: no message is ever sent, example.org and
 * example.net are reserved (RFC 2606 section 3), and the literal is of a network for documentation (RFC 5737). The
 * names exist in DNS and refuse mail there (RFC 7505), for which a server that relays may refuse them; the literal is
 * what shows such a server, because there is nothing to look up.
 */
const foreignLiteral = "[198.51.100.25]";
const user = "relaytest";

/** What is tried, a session a row: no row makes more than 8 refusals (Postfix slows down after 10, RFC 5321 section 4.2.4.1 leaves it free to hang up). */
function rows(domain: string, { name, address }: SmtpHost, sender: string): readonly (readonly Form[])[] {
  const [elsewhere, stranger] = /(?:^|\.)example\.org$/.test(domain)
    ? (["example.com", "example.net"] as const)
    : (["example.org", "example.net"] as const);
  const foreign = `${user}@${elsewhere}`;
  const literal = `[${address}]`;
  const form = (recipient: string, control?: string): Form => ({ sender, recipient, control });
  // What follows the local part is the host's own, so only the local part leads elsewhere.
  const own = (suffix: string, locals: readonly string[]) =>
    locals.map((local) => form(`${local}${suffix}`, `${nobody(domain)}${suffix}`));
  const percent = `${user}%${elsewhere}`;
  const bang = `${elsewhere}!${user}`;
  const quoted = `"${foreign}"`;
  return [
    [
      ...[
        `${user}@${stranger}`,
        "",
        `postmaster@${domain}`,
        `postmaster@${name}`,
        `postmaster@${literal}`,
      ].map((from) => ({ sender: from, recipient: foreign })),
      form(`@${domain}:${foreign}`),
      form(`${user}@${foreignLiteral}`),
    ],
    own(`@${domain}`, [percent, bang, quoted, foreign]),
    [...own("", [percent, bang, quoted]), ...own(`@${literal}`, [percent, bang])],
    ...(name === domain ? [] : [own(`@${name}`, [percent, bang, quoted])]),
  ];
}

/**
 * Tries the classic forms of relaying, in sessions side by side, once in a run. Nothing is ever sent after RCPT.
 * @throws CannotCheck when the host can't be asked at all
 */
export function relayAttempts(subject: Subject, host: SmtpHost): Promise<readonly Attempt[]> {
  return subject.once(`smtp relay for ${subject.domain} at ${host.name} ${host.address}`, async () => {
    const known = await recipients(subject, host);
    const tried = rows(subject.domain, host, known.sender).map((row) => tryRow(subject, host, known, row));
    return (await Promise.all(tried)).flat();
  });
}

async function tryRow(
  subject: Subject,
  host: SmtpHost,
  { tls }: Recipients,
  row: readonly Form[],
): Promise<readonly Attempt[]> {
  return visit(
    subject,
    host,
    async (session) => {
      if (session.talk.socket.localAddress === host.address)
        throw new CannotCheck(
          `This machine is the mail host itself (${host.address}), which its own server may trust.`,
          "Run it on a machine outside the mail server's own networks.",
        );
      const attempts: Attempt[] = [];
      const catchAll = new Map<string, boolean>();
      for (const form of row) {
        const { control } = form;
        if (control && !catchAll.has(control)) {
          const { reply } = await attempt(session, { sender: form.sender, recipient: control });
          catchAll.set(control, reply !== undefined && reply.code < 500);
        }
        const tried = await attempt(session, form);
        const unclear = tried.outcome === "open" && control !== undefined && catchAll.get(control);
        attempts.push(unclear ? { ...tried, outcome: "unclear" } : tried);
      }
      await leave(session);
      return attempts;
    },
    { tls },
  );
}

async function attempt(session: SmtpSession, { sender, recipient }: Form): Promise<Attempt> {
  const seen = { sender, recipient };
  try {
    await session.command("RSET");
    const mail = await session.command(`MAIL FROM:<${sender}>`);
    const reply = verdict(mail) === "accepted" ? await session.command(`RCPT TO:<${recipient}>`) : mail;
    const outcome = verdict(reply);
    return { ...seen, reply, outcome: outcome === "accepted" ? "open" : outcome };
  } catch (error) {
    if (error instanceof CannotCheck) return { ...seen, outcome: "not-asked" };
    throw error;
  }
}
