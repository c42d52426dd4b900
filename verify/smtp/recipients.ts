import { createHash } from "node:crypto";
import { CannotCheck, NotApplicable } from "../outcome";
import type { Subject } from "../subject";
import { label, type SmtpHost } from "./every-host";
import { undecided, verdict } from "./reply";
import type { Reply, SmtpSession } from "./session";
import { leave, visit } from "./visit";

/** What a host says to MAIL and RCPT of addresses of the domain. No message is sent. */
export interface Recipients {
  /** To `MAIL FROM:<>`. */
  readonly nullSender: Reply;
  /** To `RCPT TO` of postmaster from the null sender, where that one is taken. */
  readonly fromNull?: Reply;
  /** The sender that the other replies are for: empty is the null sender, another is asked only where that is refused. */
  readonly sender: string;
  /**
   * The reply to `RCPT TO` of an address.
   * @throws CannotCheck when there was none
   */
  to(recipient: string): Reply;
  /** The first of those asked for to which mail is taken; postmaster where there is none. */
  readonly receiver: string;
  /** Whether mail is taken inside TLS only (530, RFC 3207 section 4). */
  readonly tls: boolean;
}

/**
 * A local part that nobody has. The same in every run, so that greylisting lets it through the second time, and of
 * letters and digits only, so that no address extension is split off.
 */
export function nobody(domain: string): string {
  return `nosuchuser${createHash("sha256").update(domain).digest("hex").slice(0, 10)}`;
}

/** Asks one host, once in a run: one session, at most six refusals (Postfix slows down after ten). */
export function recipients(subject: Subject, host: SmtpHost): Promise<Recipients> {
  return subject.once(`smtp recipients of ${subject.domain} at ${host.address}`, () =>
    visit(subject, host, async (plain) => {
      const nullSender = await plain.command("MAIL FROM:<>");
      if (nullSender.code !== 530) return interview(subject, host, plain, { nullSender, tls: false });
      const secured = await plain.startTls(host.name);
      await secured.ehlo();
      return interview(subject, host, secured, {
        nullSender: await secured.command("MAIL FROM:<>"),
        tls: true,
      });
    }),
  );
}

async function interview(
  { domain, account }: Subject,
  host: SmtpHost,
  session: SmtpSession,
  start: Pick<Recipients, "nullSender" | "tls">,
): Promise<Recipients> {
  const postmaster = `postmaster@${domain}`;
  const rcpt = (recipient: string) => session.command(`RCPT TO:<${recipient}>`);
  const replies = new Map<string, Reply | CannotCheck>();
  const fromNull = verdict(start.nullSender) === "accepted" ? await rcpt(postmaster) : undefined;
  let sender = "";
  if (fromNull) replies.set(postmaster, fromNull);
  if (!fromNull || verdict(fromNull) === "refused") {
    // The one other sender that no SPF record speaks for: this client's own address.
    sender = `verify@${literal(session)}`;
    await session.command("RSET");
    const mail = await session.command(`MAIL FROM:<${sender}>`);
    if (verdict(mail) === "accepted") replies.set(postmaster, await rcpt(postmaster));
    else if (!fromNull) replies.set(postmaster, undecided(host, `MAIL FROM:<${sender}>`, mail));
    else {
      sender = "";
      await session.command("RSET");
      await session.command("MAIL FROM:<>");
    }
  }
  const others = [
    "postmaster",
    `abuse@${domain}`,
    ...(account ? [account.user] : []),
    `${nobody(domain)}@${domain}`,
  ];
  for (const recipient of others) {
    const known = replies.get(postmaster);
    replies.set(recipient, known instanceof CannotCheck ? known : await kept(() => rcpt(recipient)));
  }
  await leave(session);
  const taken = [...replies].find(
    ([, reply]) => !(reply instanceof CannotCheck) && verdict(reply) === "accepted",
  );
  return {
    ...start,
    receiver: taken?.[0] ?? postmaster,
    fromNull,
    sender,
    to: (recipient) => {
      const reply =
        replies.get(recipient) ?? new CannotCheck(`${label(host)} was not asked for ${recipient}.`);
      if (reply instanceof CannotCheck) throw reply;
      return reply;
    },
  };
}

/** A server may hang up after any answer, which takes nothing from the answers before. */
async function kept(ask: () => Promise<Reply>): Promise<Reply | CannotCheck> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof CannotCheck) return error;
    throw error;
  }
}

function literal({ talk }: SmtpSession): string {
  const { localAddress = "127.0.0.1" } = talk.socket;
  return localAddress.includes(":") ? `[IPv6:${localAddress}]` : `[${localAddress}]`;
}

/**
 * As `recipients`, for questions that only a host that takes the domain's mail can answer.
 * @throws NotApplicable when it takes none, CannotCheck when it refuses this client or puts it off
 */
export async function ownRecipients(subject: Subject, host: SmtpHost): Promise<Recipients> {
  const known = await recipients(subject, host);
  const postmaster = `postmaster@${subject.domain}`;
  const reply = known.to(postmaster);
  if (verdict(reply) === "no-relay")
    throw new NotApplicable(
      `${label(host)} takes no mail for ${subject.domain} at all, which smtp-domain tells.`,
    );
  if (verdict(reply) === "client" || verdict(reply) === "later")
    throw undecided(host, `RCPT TO:<${postmaster}>`, reply);
  return known;
}
