import { type AccessHost, accessHost } from "../access-hosts";
import { converse } from "../conversation";
import { openImap } from "../imap/session";
import { CannotCheck } from "../outcome";
import { type Keywords, openSmtp, type SmtpSession } from "../smtp/session";
import type { Subject } from "../subject";

/** How a server for users introduces itself to one who does not log in. */
export interface SubmissionHello {
  readonly host: AccessHost;
  /** Before TLS, on 587. */
  readonly plain?: Keywords;
  /** Over TLS; absent where STARTTLS is not offered. */
  readonly secured?: Keywords;
  readonly transcript: readonly string[];
}

export interface ImapsHello {
  readonly host: AccessHost;
  readonly capabilities: ReadonlySet<string>;
  readonly transcript: readonly string[];
}

/**
 * Port 465: TLS, greeting, EHLO. One connection a host in a whole run, as for the others.
 * @throws Unreachable, HandshakeFailed, CannotCheck
 */
export async function submissionsHello(subject: Subject): Promise<SubmissionHello> {
  const host = await accessHost(subject, "submissions");
  return subject.once(`submissions hello of ${keyOf(host)}`, async () => {
    const smtp = await openSmtp(subject, host, { implicitTls: host.name });
    try {
      welcome(smtp);
      const secured = await smtp.ehlo();
      return { host, secured, transcript: smtp.talk.transcript };
    } finally {
      smtp.close();
    }
  });
}

/**
 * Port 587: greeting, EHLO, STARTTLS if it is offered, EHLO again.
 * @throws Unreachable, HandshakeFailed, CannotCheck
 */
export async function submissionHello(subject: Subject): Promise<SubmissionHello> {
  const host = await accessHost(subject, "submission");
  return subject.once(`submission hello of ${keyOf(host)}`, async () => {
    const smtp = await openSmtp(subject, host);
    try {
      welcome(smtp);
      const plain = await smtp.ehlo();
      if (!plain.has("STARTTLS")) return { host, plain, transcript: smtp.talk.transcript };
      const session = await smtp.startTls(host.name);
      const secured = await session.ehlo();
      session.close();
      return { host, plain, secured, transcript: session.talk.transcript };
    } finally {
      smtp.close();
    }
  });
}

/**
 * Port 993: TLS, greeting, CAPABILITY.
 * @throws Unreachable, HandshakeFailed, CannotCheck
 */
export async function imapsHello(subject: Subject): Promise<ImapsHello> {
  const host = await accessHost(subject, "imaps");
  return subject.once(`imaps hello of ${keyOf(host)}`, async () => {
    const imap = await openImap(subject, host, { implicitTls: host.name });
    try {
      return { host, capabilities: await imap.capabilities(), transcript: imap.talk.transcript };
    } finally {
      imap.close();
    }
  });
}

/** @throws CannotCheck when the server turns this client away */
export function welcome({ greeting, talk }: SmtpSession): void {
  if (greeting.code !== 220)
    throw new CannotCheck(
      `${talk.socket.remoteAddress} turns this client away: ${greeting.code} ${greeting.lines.join(" ")}`,
      "Run it from an address that the server has no reason to distrust, and look at the server's log for this one.",
    );
}

/** The passwords that a server for submission takes: the parameters of AUTH (RFC 4954 section 3). */
export function mechanisms(keywords: Keywords): readonly string[] {
  return (keywords.get("AUTH") ?? []).map((name) => name.toUpperCase());
}

/** Whether what answers on a port for TLS greets before any TLS. @returns its first line */
export async function plainGreeting(
  subject: Subject,
  host: AccessHost,
  form: RegExp,
): Promise<string | undefined> {
  const talk = converse(await subject.network.connect(host));
  try {
    const line = await talk.line(3000);
    return form.test(line) ? line : undefined;
  } catch (error) {
    if (error instanceof CannotCheck) return undefined;
    throw error;
  } finally {
    talk.close();
  }
}

function keyOf({ name, address, port }: AccessHost): string {
  return `${name} at ${address}:${port}`;
}
