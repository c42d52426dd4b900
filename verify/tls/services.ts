import type { Socket } from "node:net";
import { type Conversation, converse } from "../conversation";
import { CannotCheck } from "../outcome";
import { probePort } from "../probe";
import { Unwelcome } from "../smtp/hello";
import { openSmtp, type SmtpSession } from "../smtp/session";
import type { Subject } from "../subject";

/** A port of mail, and how TLS begins on it. */
export interface MailService {
  readonly port: number;
  readonly begins: "at once" | "SMTP" | "IMAP" | "POP3" | "ManageSieve";
  /** Many hosts leave it closed. */
  readonly optional?: boolean;
}

export const mailServices: readonly MailService[] = [
  { port: 25, begins: "SMTP" },
  { port: 465, begins: "at once" },
  { port: 587, begins: "SMTP" },
  { port: 993, begins: "at once" },
  { port: 143, begins: "IMAP", optional: true },
  { port: 995, begins: "at once", optional: true },
  { port: 110, begins: "POP3", optional: true },
  { port: 4190, begins: "ManageSieve", optional: true },
];

/** The service does not offer TLS, which other checks tell. */
export class NoTls extends Error {}

/** Milliseconds until the server must be ready for a ClientHello; Postfix's postscreen greets after six seconds. */
const preludeTimeout = 15_000;

/**
 * Connects to a service and leads it to where a ClientHello is awaited.
 * @throws NoTls when TLS is not offered, Unreachable, Unwelcome, CannotCheck when the server does not get that far
 */
export async function reachTls(
  subject: Subject,
  address: string,
  { port, begins, optional }: MailService,
): Promise<Socket> {
  if (optional) await probePort(subject, { address, port });
  if (begins === "SMTP") {
    const smtp = await openSmtp(subject, { address, port });
    return prelude(smtp.talk, () => smtpStartTls(smtp, address));
  }
  const socket = await subject.network.connect({ address, port });
  if (begins === "at once") return socket;
  const talk = converse(socket);
  return prelude(talk, () => startTls[begins](talk));
}

/** Asks for TLS in each protocol; false when it is refused. */
const startTls = {
  // RFC 9051 section 6.2.1.
  IMAP: async (talk: Conversation) => {
    await talk.line();
    talk.send("a STARTTLS\r\n");
    return /^a OK\b/i.test(await lineLike(talk, /^a /i));
  },
  // RFC 2595 section 4.
  POP3: async (talk: Conversation) => {
    await talk.line();
    talk.send("STLS\r\n");
    return /^\+OK\b/i.test(await talk.line());
  },
  // RFC 5804 section 2.2: the greeting is a list of capabilities, ended by OK.
  ManageSieve: async (talk: Conversation) => {
    await lineLike(talk, /^(OK|NO|BYE)\b/i);
    talk.send("STARTTLS\r\n");
    return /^OK\b/i.test(await lineLike(talk, /^(OK|NO|BYE)\b/i));
  },
};

/** RFC 3207 section 4. */
async function smtpStartTls(smtp: SmtpSession, address: string): Promise<boolean> {
  if (smtp.greeting.code !== 220) throw new Unwelcome(smtp.greeting, address);
  return (await smtp.ehlo()).has("STARTTLS") && (await smtp.command("STARTTLS")).code === 220;
}

async function lineLike(talk: Conversation, form: RegExp): Promise<string> {
  for (let line = await talk.line(); ; line = await talk.line()) if (form.test(line)) return line;
}

/** @param negotiate whether the server is ready for TLS */
async function prelude(talk: Conversation, negotiate: () => Promise<boolean>): Promise<Socket> {
  try {
    const ready = await within(preludeTimeout, negotiate());
    if (ready === undefined)
      throw new CannotCheck(`The server does not come to TLS within ${preludeTimeout / 1000} s.`);
    if (!ready) throw new NoTls();
    talk.socket.removeAllListeners("data");
    return talk.socket;
  } catch (error) {
    talk.close();
    throw error;
  }
}

/** @returns undefined when it takes longer than so many milliseconds */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
