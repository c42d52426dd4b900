import { CannotCheck } from "../outcome";
import type { Subject } from "../subject";
import type { SmtpHost } from "./every-host";
import { Unwelcome } from "./hello";
import { type Keywords, openSmtp, type SmtpSession } from "./session";

/**
 * A session of its own with a mail host, past EHLO; it ends with the work.
 * @param options.tls whether it is to be inside TLS, for a server that takes no mail otherwise
 * @throws Unreachable, Unwelcome, HandshakeFailed, CannotCheck, and what the work throws
 */
export async function visit<T>(
  subject: Subject,
  host: SmtpHost,
  work: (session: SmtpSession, keywords: Keywords) => Promise<T>,
  { tls = false }: { readonly tls?: boolean } = {},
): Promise<T> {
  const plain = await openSmtp(subject, { address: host.address, port: 25 });
  try {
    if (plain.greeting.code !== 220) throw new Unwelcome(plain.greeting, host.address);
    const keywords = await plain.ehlo();
    if (!tls) return await work(plain, keywords);
    const session = await plain.startTls(host.name);
    try {
      return await work(session, await session.ehlo());
    } finally {
      session.close();
    }
  } finally {
    plain.close();
  }
}

/** Leaves politely, so that the server's log has no complaint; does not wait long for the farewell. */
export async function leave({ talk }: SmtpSession): Promise<void> {
  talk.send("QUIT\r\n");
  await talk.line(1000).catch((error: unknown) => {
    if (!(error instanceof CannotCheck)) throw error;
  });
}
