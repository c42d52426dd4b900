import type { SmtpSession } from "../smtp/session";

export interface Attempt {
  /** Relays: takes mail for other domains. Takes its own: only for the domain's users. Unclear: puts off, or breaks off. */
  readonly verdict: "refuses" | "relays" | "takes its own" | "unclear";
  readonly transcript: readonly string[];
}

/**
 * Recipients elsewhere. A server may refuse a domain because that receives no mail (RFC 7505), whoever asks; an
 * address literal does not give it this reason.
 */
const foreign = ["someone@example.org", "someone@[192.0.2.1]"];

/** Tries to hand in mail without a login, as far as the recipients; no message is sent. @param smtp after EHLO */
export async function attemptMail(smtp: SmtpSession, domain: string): Promise<Attempt> {
  const attempt = (verdict: Attempt["verdict"]): Attempt => ({ verdict, transcript: smtp.talk.transcript });
  const mail = await smtp.command(`MAIL FROM:<postmaster@${domain}>`);
  if (mail.code >= 500) return attempt("refuses");
  if (mail.code >= 400) return attempt("unclear");
  const codes: number[] = [];
  for (const recipient of foreign) {
    if (smtp.talk.closed()) break;
    const { code } = await smtp.command(`RCPT TO:<${recipient}>`);
    if (code < 300) return attempt("relays");
    codes.push(code);
  }
  if (smtp.talk.closed() || !codes.some((code) => code >= 500)) return attempt("unclear");
  const own = await smtp.command(`RCPT TO:<postmaster@${domain}>`);
  return attempt(own.code < 300 ? "takes its own" : "refuses");
}
