import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { createSecureContext, type SecureContextOptions, TLSSocket } from "node:tls";
import { onTestFinished } from "vitest";

/** What a connection to a line server is like at the moment. */
export interface LineSession {
  readonly secure: boolean;
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
  /** Lines end at LF alone too. @default true */
  readonly bareNewlines?: boolean;
  /** Answers what the client sends behind STARTTLS in the same packet, after the handshake: the fault of CVE-2011-0411. */
  readonly keepsPlaintext?: boolean;
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
    const session: LineSession = {
      secure: socket !== plain,
      state,
      write: (text) => void socket.write(text, "latin1"),
      startTls: () => {
        upgrading = true;
      },
      close: () => socket.destroy(),
    };
    const take = async () => {
      const end = script.bareNewlines === false ? "\r\n" : "\n";
      for (let at = pending.indexOf(end); at >= 0 && !upgrading; at = pending.indexOf(end)) {
        const line = pending.slice(0, at).replace(/\r$/, "");
        pending = pending.slice(at + end.length);
        const answer = await script.answer(line, session);
        if (answer !== undefined && !socket.destroyed) socket.write(`${answer}\r\n`, "latin1");
      }
      if (!upgrading) return;
      upgrading = false;
      socket.removeAllListeners("data");
      carried = script.keepsPlaintext ? pending : "";
      talk(secure());
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
  else greet();
}
