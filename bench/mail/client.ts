import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

/** A connection on which lines go out and answers come in; no more, so that it costs next to nothing beside a server. */
export interface Client {
  /** Sends, and waits for the line that ends the answer. @throws unless it begins as wanted */
  ask(text: string, wanted: RegExp): Promise<string>;
  end(): void;
}

/** @param last tells the line that ends an answer from those before */
export async function openClient(
  host: string,
  port: number,
  { tls, last }: { readonly tls: boolean; readonly last: RegExp },
): Promise<Client> {
  const socket: Socket = tls ? connectTls({ host, port, servername: host }) : connect({ host, port });
  let buffer = "";
  let wake = () => {};
  socket.setEncoding("latin1").on("data", (text) => {
    buffer += text;
    wake();
  });
  let failure: Error | undefined;
  socket.on("error", (error) => {
    failure = error;
    wake();
  });
  socket.on("close", () => {
    failure ??= new Error(`the server has ended the connection: ${buffer.slice(-300).trim()}`);
    wake();
  });
  await once(socket, tls ? "secureConnect" : "connect");

  const answer = async (): Promise<string> => {
    for (;;) {
      const found = last.exec(buffer);
      if (found) {
        buffer = buffer.slice(found.index + found[0].length);
        return found[0];
      }
      if (failure) throw failure;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    ask: async (text, wanted) => {
      socket.write(text);
      const line = await answer();
      if (!wanted.test(line)) throw new Error(`${text.slice(0, 60).trim()}: ${line.trim()}`);
      return line;
    },
    end: () => socket.end(),
  };
}
