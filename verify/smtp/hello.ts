import { CannotCheck } from "../outcome";
import type { Subject } from "../subject";
import { HandshakeFailed } from "../tls/connect";
import { type Keywords, openSmtp, type Reply, type SmtpSession, StartTlsRefused } from "./session";

/** How a mail host introduces itself on port 25. */
export interface Hello {
  readonly greeting: Reply;
  /** The name in its reply to EHLO, as it came. */
  readonly ehloName: string;
  /** Before TLS. */
  readonly keywords: Keywords;
  /** Where STARTTLS was offered and the handshake went well. */
  readonly secured?: {
    readonly keywords: Keywords;
    /** For example "TLSv1.3". */
    readonly protocol: string;
    /** Whether the certificate leads to a trusted authority and is for the host's name. */
    readonly authorized: boolean;
  };
  /** Why STARTTLS, though offered, came to nothing: it was refused, or the handshake failed. */
  readonly tlsError?: string;
  /** Why it is not known what comes of STARTTLS: the server took too long, or broke the connection off. */
  readonly tlsUnknown?: CannotCheck;
  readonly transcript: readonly string[];
}

/** The host greets with something else than 220, so that there is nothing to say EHLO to (RFC 5321 section 3.1). */
export class Unwelcome extends CannotCheck {
  constructor(
    readonly greeting: Reply,
    address: string,
  ) {
    super(
      `${address} turns this client away: ${greeting.code} ${greeting.lines.join(" ")}`,
      "Run it from an address that the server has no reason to distrust, and look at the server's log for this one.",
    );
  }
}

/**
 * What a host says on port 25: greeting, EHLO, STARTTLS if it is offered, EHLO again. One connection an address in a
 * whole run.
 * @param host the name is the one that the certificate is to be for
 * @throws Unreachable, Unwelcome, CannotCheck when it does not speak SMTP; a failed or slow handshake is a field
 */
export function hello(
  subject: Subject,
  { name, address }: { readonly name: string; readonly address: string },
): Promise<Hello> {
  return subject.once(`smtp hello of ${address} as ${name}`, async () => {
    const plain = await openSmtp(subject, { address, port: 25 });
    try {
      const { greeting, talk } = plain;
      if (greeting.code !== 220) throw new Unwelcome(greeting, address);
      const { name: ehloName, keywords } = await plain.hello();
      const before = { greeting, ehloName, keywords };
      if (!keywords.has("STARTTLS")) {
        await quit(plain);
        return { ...before, transcript: talk.transcript };
      }
      return { ...before, ...(await secure(plain, name)) };
    } finally {
      plain.close();
    }
  });
}

async function secure(
  plain: SmtpSession,
  name: string,
): Promise<Pick<Hello, "secured" | "tlsError" | "tlsUnknown" | "transcript">> {
  try {
    const session = await plain.startTls(name);
    const keywords = await session.ehlo();
    await quit(session);
    const secured = {
      keywords,
      protocol: session.tls?.getProtocol() ?? "",
      authorized: session.tls?.authorized ?? false,
    };
    session.close();
    return { secured, transcript: session.talk.transcript };
  } catch (error) {
    if (!(error instanceof CannotCheck)) throw error;
    const { transcript } = plain.talk;
    return error instanceof HandshakeFailed || error instanceof StartTlsRefused
      ? { tlsError: error.message, transcript }
      : { tlsUnknown: error, transcript };
  }
}

/** Leaves politely, without waiting long for the farewell. */
async function quit({ talk }: SmtpSession): Promise<void> {
  talk.send("QUIT\r\n");
  await talk.line(1000).catch(() => {});
}
