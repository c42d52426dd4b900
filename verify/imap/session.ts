import type { TLSSocket } from "node:tls";
import { type Conversation, converse } from "../conversation";
import type { Endpoint } from "../network";
import { CannotCheck } from "../outcome";
import type { Subject } from "../subject";
import { beginTls } from "../tls/connect";

/** One IMAP connection (RFC 9051) of one who does not log in. The caller closes it. */
export interface ImapSession {
  /** The greeting's first word; PREAUTH: the server takes the client as logged in already. */
  readonly greeting: "OK" | "PREAUTH" | "BYE";
  readonly talk: Conversation;
  readonly tls?: TLSSocket;
  /** In upper case. @throws CannotCheck when the server does not answer CAPABILITY with OK */
  capabilities(): Promise<ReadonlySet<string>>;
  close(): void;
}

const untaggedLimit = 50;

/**
 * Connects and takes the greeting.
 * @param options.implicitTls the name that the certificate is to be for, where TLS comes first (port 993)
 * @throws Unreachable, HandshakeFailed, CannotCheck
 */
export async function openImap(
  { network }: Pick<Subject, "network">,
  to: Endpoint,
  { implicitTls }: { readonly implicitTls?: string } = {},
): Promise<ImapSession> {
  const socket = await network.connect(to);
  const tls = implicitTls === undefined ? undefined : await beginTls(network, socket, implicitTls);
  const talk = converse(tls ?? socket);
  try {
    const greeting = /^\* (OK|PREAUTH|BYE)\b/i.exec(await talk.line())?.[1]?.toUpperCase();
    if (!greeting) throw unlike(talk);
    return {
      greeting: greeting as ImapSession["greeting"],
      talk,
      tls,
      capabilities: () => capabilities(talk),
      close: () => talk.close(),
    };
  } catch (error) {
    talk.close();
    throw error;
  }
}

async function capabilities(talk: Conversation): Promise<ReadonlySet<string>> {
  talk.send("a1 CAPABILITY\r\n");
  const found = new Set<string>();
  for (let lines = 0; lines < untaggedLimit; lines++) {
    const line = await talk.line();
    const [tag = "", status = "", ...rest] = line.trim().toUpperCase().split(/\s+/);
    if (tag === "*" && status === "CAPABILITY") for (const name of rest) found.add(name);
    if (tag === "A1" && status === "OK") return found;
    if (tag === "A1" || status === "BYE") break;
  }
  throw unlike(talk);
}

function unlike(talk: Conversation): CannotCheck {
  return new CannotCheck(
    [`The server at ${talk.socket.remoteAddress} does not speak IMAP.`, ...talk.transcript.slice(-6)].join(
      "\n",
    ),
    "Look at what listens on this port.",
  );
}
