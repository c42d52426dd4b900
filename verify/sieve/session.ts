import { type Conversation, converse } from "../conversation";
import type { Endpoint } from "../network";
import { CannotCheck } from "../outcome";
import type { Subject } from "../subject";
import { beginTls } from "../tls/connect";

/** Names in upper case, each with its value, as the server lists them (RFC 5804 section 1.7). */
export type SieveCapabilities = ReadonlyMap<string, string>;

/** One ManageSieve connection (RFC 5804) of one who does not log in. The caller closes it. */
export interface SieveSession {
  readonly talk: Conversation;
  readonly capabilities: SieveCapabilities;
  /** Sends STARTTLS, begins TLS and reads the capabilities again. @throws CannotCheck, HandshakeFailed */
  startTls(servername: string): Promise<SieveSession>;
  close(): void;
}

const capabilityLimit = 50;

/** Connects and takes the greeting, which is the list of capabilities. @throws Unreachable, CannotCheck */
export async function openSieve({ network }: Pick<Subject, "network">, to: Endpoint): Promise<SieveSession> {
  return session(network, converse(await network.connect(to)));
}

async function session(network: Subject["network"], talk: Conversation): Promise<SieveSession> {
  try {
    const capabilities = await readCapabilities(talk);
    return {
      talk,
      capabilities,
      startTls: async (servername) => {
        talk.send("STARTTLS\r\n");
        if (!/^OK\b/i.test(await talk.line())) throw unlike(talk);
        talk.socket.removeAllListeners("data");
        const tls = await beginTls(network, talk.socket, servername);
        // The server lists what it can do over TLS without being asked (RFC 5804 section 2.2).
        return session(network, converse(tls, talk.transcript));
      },
      close: () => talk.close(),
    };
  } catch (error) {
    talk.close();
    throw error;
  }
}

async function readCapabilities(talk: Conversation): Promise<SieveCapabilities> {
  const found = new Map<string, string>();
  while (found.size < capabilityLimit) {
    const line = await talk.line();
    if (/^OK\b/i.test(line)) return found;
    const [, name, value = ""] = /^"([^"]*)"(?: +"((?:[^"\\]|\\.)*)")?/.exec(line) ?? [];
    if (name === undefined) break;
    found.set(name.toUpperCase(), value);
  }
  throw unlike(talk);
}

function unlike(talk: Conversation): CannotCheck {
  return new CannotCheck(
    [
      `The server at ${talk.socket.remoteAddress} does not speak ManageSieve.`,
      ...talk.transcript.slice(-6),
    ].join("\n"),
    "Look at what listens on this port.",
  );
}
