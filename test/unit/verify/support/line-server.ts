import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { createSecureContext, type SecureContextOptions, TLSSocket } from "node:tls";
import { onTestFinished } from "vitest";

/** What a connection to a line server is like at the moment. */
export interface LineSession {
  readonly secure: boolean;
  /** What the line that is being answered ended with, for example CRLF. */
  readonly end: string;
  /** What a script keeps between the lines of one connection. */
  readonly state: Record<string, unknown>;
  /** Sends bytes as they are. */
  write(text: string): void;
  /** Begins TLS on this connection once what was written is out. */
  startTls(): void;
  close(): void;
}

export interface LineScript {
  /** Sent on connect, and with `implicitTls` after the handshake. */
  readonly greeting?: string;
  /** Answers a line, which comes without its end; what it returns is sent with CRLF. */
  readonly answer: (line: string, session: LineSession) => string | undefined | Promise<string | undefined>;
  /** Key and certificate, with whatever else Node's TLS may be told. */
  readonly tls?: SecureContextOptions;
  readonly implicitTls?: boolean;
  /** Milliseconds before the greeting. */
  readonly delay?: number;
  /** Lines end at LF alone too. @default true */
  readonly bareNewlines?: boolean;
  /** What ends the next line, in place of what `bareNewlines` says. */
  readonly ends?: (session: LineSession) => RegExp;
  /** Answers what the client sends behind STARTTLS in the same packet, after the handshake: the fault of CVE-2011-0411. */
  readonly keepsPlaintext?: boolean;
  /** Sent after the handshake that `startTls` begins, without being asked for: ManageSieve's capabilities. */
  readonly afterTls?: string;
}

/** A server of a line-based protocol on the loopback, for the test that is running. */
export async function lineServer(script: LineScript): Promise<Server> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    serve(socket, script);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return server;
}

function serve(plain: Socket, script: LineScript): void {
  const usual = script.bareNewlines === false ? /\r\n/ : /\r?\n/;
  const state: Record<string, unknown> = {};
  let carried = "";
  const secure = (): TLSSocket => {
    const tls = new TLSSocket(plain, { isServer: true, secureContext: createSecureContext(script.tls) });
    tls.on("error", () => plain.destroy());
    return tls;
  };
  const talk = (socket: Socket) => {
    let pending = carried;
    let upgrading = false;
    let turn = Promise.resolve();
    const session: LineSession & { end: string } = {
      secure: socket !== plain,
      end: "",
      state,
      write: (text) => void socket.write(text, "latin1"),
      startTls: () => {
        upgrading = true;
      },
      // Not before what was written is out.
      close: () => socket.destroySoon(),
    };
    const take = async () => {
      while (!upgrading) {
        const end = (script.ends?.(session) ?? usual).exec(pending);
        if (!end) break;
        session.end = end[0];
        const line = pending.slice(0, end.index);
        pending = pending.slice(end.index + end[0].length);
        const answer = await script.answer(line, session);
        if (answer !== undefined && !socket.destroyed) socket.write(`${answer}\r\n`, "latin1");
      }
      if (!upgrading) return;
      upgrading = false;
      socket.removeAllListeners("data");
      carried = script.keepsPlaintext ? pending : "";
      const upgraded = secure();
      if (script.afterTls !== undefined) upgraded.write(`${script.afterTls}\r\n`, "latin1");
      talk(upgraded);
    };
    socket.on("data", (chunk) => {
      pending += chunk.toString("latin1");
      turn = turn.then(take);
    });
    if (carried) turn = turn.then(take);
  };
  const first = script.implicitTls ? secure() : plain;
  const greet = () => {
    if (script.greeting !== undefined) first.write(`${script.greeting}\r\n`, "latin1");
    talk(first);
  };
  if (first instanceof TLSSocket) first.once("secure", greet);
  else if (script.delay) setTimeout(greet, script.delay);
  else greet();
}
