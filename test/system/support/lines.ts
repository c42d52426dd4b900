import type { Socket } from "node:net";

/** A line-based conversation over a socket. */
export function conversation(socket: Socket) {
  let buffer = "";
  let ended = false;
  let wake = () => {};
  socket.setEncoding("utf8");
  socket.on("data", (text) => {
    buffer += text;
    wake();
  });
  for (const event of ["end", "error", "close"])
    socket.on(event, () => {
      ended = true;
      wake();
    });
  return {
    send: (line: string) => socket.write(`${line}\r\n`),
    /** The first line to come that matches. @throws with what came instead when the other side ends */
    line: async (wanted: RegExp): Promise<string> => {
      for (;;) {
        const lines = buffer.split("\r\n");
        const index = lines.slice(0, -1).findIndex((line) => wanted.test(line));
        if (index >= 0) {
          buffer = lines.slice(index + 1).join("\r\n");
          return lines[index] ?? "";
        }
        if (ended) throw new Error(`no ${wanted}, the connection has ended: ${buffer}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
