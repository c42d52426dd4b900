import { type Conversation, converse } from "../conversation";
import type { Endpoint } from "../network";
import { CannotCheck } from "../outcome";
import type { Subject } from "../subject";

/** One POP3 connection (RFC 1939) of one who does not log in. The caller closes it. */
export interface PopSession {
  readonly talk: Conversation;
  /** What CAPA lists (RFC 2449), in upper case, a line each; empty when the server does not know CAPA. */
  capabilities(): Promise<readonly string[]>;
  /** Names a user and nothing more. @returns whether the server would now take the password */
  user(name: string): Promise<boolean>;
  close(): void;
}

const capabilityLimit = 50;

/** Connects and takes the greeting. @throws Unreachable, CannotCheck */
export async function openPop({ network }: Pick<Subject, "network">, to: Endpoint): Promise<PopSession> {
  const talk = converse(await network.connect(to));
  const ask = async (command: string) => {
    talk.send(`${command}\r\n`);
    return status(talk);
  };
  try {
    await status(talk);
  } catch (error) {
    talk.close();
    throw error;
  }
  return {
    talk,
    capabilities: async () => {
      if (!(await ask("CAPA"))) return [];
      const found: string[] = [];
      for (let line = await talk.line(); line !== "."; line = await talk.line()) {
        if (found.length === capabilityLimit) throw unlike(talk);
        found.push(line.toUpperCase());
      }
      return found;
    },
    user: (name) => ask(`USER ${name}`),
    close: () => talk.close(),
  };
}

async function status(talk: Conversation): Promise<boolean> {
  const line = await talk.line();
  if (!/^(\+OK|-ERR)\b/i.test(line)) throw unlike(talk);
  return line.startsWith("+");
}

function unlike(talk: Conversation): CannotCheck {
  return new CannotCheck(
    [`The server at ${talk.socket.remoteAddress} does not speak POP3.`, ...talk.transcript.slice(-6)].join(
      "\n",
    ),
    "Look at what listens on this port.",
  );
}
