import type { TLSSocket } from "node:tls";
import { type Conversation, converse } from "../conversation";
import type { Endpoint } from "../network";
import { CannotCheck } from "../outcome";
import type { Subject } from "../subject";
import { beginTls } from "../tls/connect";

export interface Reply {
  readonly code: number;
  /** The texts, without code and separator. */
  readonly lines: readonly string[];
}

/** What a server offers in its reply to EHLO: keywords in upper case, each with its parameters. */
export type Keywords = ReadonlyMap<string, readonly string[]>;

/** STARTTLS is answered with something else than 220. */
export class StartTlsRefused extends CannotCheck {}

/** One SMTP connection (RFC 5321), driven command by command. The caller closes it. */
export interface SmtpSession {
  readonly greeting: Reply;
  /** After `startTls`, or on a port with implicit TLS. */
  readonly tls?: TLSSocket;
  readonly talk: Conversation;
  /** @param shown what the transcript has in its place; needed for secrets */
  command(text: string, shown?: string): Promise<Reply>;
  /** The reply to what was sent by `talk.send`. */
  reply(): Promise<Reply>;
  /** Says EHLO. @returns the keywords in upper case, each with its parameters */
  ehlo(): Promise<Keywords>;
  /** Says EHLO too. @returns what the server calls itself in its reply, and the keywords */
  hello(): Promise<{ readonly name: string; readonly keywords: Keywords }>;
  /** Sends STARTTLS and begins TLS. @throws StartTlsRefused, HandshakeFailed when TLS fails, CannotCheck */
  startTls(servername: string): Promise<SmtpSession>;
  close(): void;
}

const replyLimit = 100;

/**
 * Connects and takes the greeting.
 * @param options.implicitTls the name that the certificate is to be for, where TLS comes first (port 465)
 * @throws Unreachable, HandshakeFailed, CannotCheck
 */
export async function openSmtp(
  { network }: Pick<Subject, "network">,
  to: Endpoint,
  { implicitTls }: { readonly implicitTls?: string } = {},
): Promise<SmtpSession> {
  const socket = await network.connect(to);
  if (implicitTls === undefined) return greet(network, converse(socket));
  const tls = await beginTls(network, socket, implicitTls);
  return greet(network, converse(tls), tls);
}

async function greet(network: Subject["network"], talk: Conversation, tls?: TLSSocket): Promise<SmtpSession> {
  try {
    return session(network, await readReply(talk), talk, tls);
  } catch (error) {
    talk.close();
    throw error;
  }
}

function session(
  network: Subject["network"],
  greeting: Reply,
  talk: Conversation,
  tls?: TLSSocket,
): SmtpSession {
  const command = (text: string, shown = text) => {
    talk.send(`${text}\r\n`, shown);
    return readReply(talk);
  };
  const hello = async () => {
    // An address literal is a valid name for a client that has none (RFC 5321 section 4.1.3).
    const { localAddress = "127.0.0.1" } = talk.socket;
    const literal = localAddress.includes(":") ? `IPv6:${localAddress}` : localAddress;
    const { code, lines } = await command(`EHLO [${literal}]`);
    if (code !== 250) throw refused(talk, "EHLO");
    const keywords = lines.slice(1).map((line): [string, string[]] => {
      const [keyword = "", ...parameters] = line.trim().split(/\s+/);
      return [keyword.toUpperCase(), parameters];
    });
    return { name: lines[0]?.trim().split(/\s+/)[0] ?? "", keywords: new Map(keywords) };
  };
  return {
    greeting,
    tls,
    talk,
    command,
    reply: () => readReply(talk),
    ehlo: async () => (await hello()).keywords,
    hello,
    startTls: async (servername) => {
      const { code } = await command("STARTTLS");
      if (code !== 220) throw refused(talk, "STARTTLS", StartTlsRefused);
      talk.socket.removeAllListeners("data");
      const secured = await beginTls(network, talk.socket, servername);
      return session(network, greeting, converse(secured, talk.transcript), secured);
    },
    close: () => talk.close(),
  };
}

/** @throws CannotCheck when what comes is no reply */
async function readReply(talk: Conversation): Promise<Reply> {
  const lines: string[] = [];
  for (;;) {
    const line = await talk.line();
    const parts = /^(\d{3})(?:([ -])(.*))?$/.exec(line);
    if (!parts || lines.length === replyLimit)
      throw new CannotCheck(
        ["The server does not speak SMTP:", ...talk.transcript.slice(-6)].join("\n"),
        "Look at what listens on this port.",
      );
    lines.push(parts[3] ?? "");
    if (parts[2] !== "-") return { code: Number(parts[1]), lines };
  }
}

function refused(talk: Conversation, command: string, Complaint = CannotCheck): CannotCheck {
  return new Complaint(
    [`The server refused ${command}.`, ...talk.transcript.slice(-6)].join("\n"),
    "Look at the server's log for this connection; it may limit or distrust clients like this one.",
  );
}
