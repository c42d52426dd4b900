import type { Socket } from "node:net";
import { CannotCheck } from "./outcome";

/** A line-based protocol with a server that may be slow, endless or silent: every wait and every size is bounded. */
export interface Conversation {
  readonly socket: Socket;
  /** What both said, a line each, `S: ` or `C: ` before it. Secrets are not in it. */
  readonly transcript: readonly string[];
  /** @param shown what the transcript has in its place; needed for secrets */
  send(text: string, shown?: string): void;
  /**
   * The server's next line, without its end.
   * @throws CannotCheck when none comes in time, it never ends, or the connection does
   */
  line(within?: number): Promise<string>;
  /** Whether the server says nothing for so many milliseconds; a closed connection counts as saying nothing. */
  silent(milliseconds: number): Promise<boolean>;
  /** Whether the server has closed the connection. */
  closed(): boolean;
  close(): void;
}

const lineTimeout = 10_000;
const lineLimit = 8 * 1024;
const conversationLimit = 256 * 1024;

/** @param before the transcript to go on with, of the same connection before it was upgraded to TLS */
export function converse(socket: Socket, before: readonly string[] = []): Conversation {
  const transcript = [...before];
  let pending = Buffer.alloc(0);
  let received = 0;
  let ended: string | undefined;
  let wake = () => {};

  socket.on("data", (chunk: Buffer) => {
    received += chunk.length;
    pending = Buffer.concat([pending, chunk]);
    if (received > conversationLimit || (pending.length > lineLimit && !pending.includes(10))) {
      ended = `sent ${received > conversationLimit ? "more than can be meant" : "a line without an end"}`;
      socket.destroy();
    }
    wake();
  });
  for (const event of ["end", "close", "error"] as const)
    socket.on(event, () => {
      ended ??= "closed the connection";
      wake();
    });

  /** @returns false when the time is over */
  const change = (until: number) =>
    new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), Math.max(0, until - performance.now()));
      wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  const complain = (what: string): CannotCheck =>
    new CannotCheck(
      [`The server at ${socket.remoteAddress} ${what}.`, ...transcript.slice(-6)].join("\n"),
      "Look at the server's log for this connection.",
    );

  return {
    socket,
    transcript,
    send: (text, shown = text) => {
      transcript.push(
        ...shown
          .replace(/\r?\n$/, "")
          .split(/\r?\n/)
          .map((line) => `C: ${line}`),
      );
      if (!ended) socket.write(text);
    },
    line: async (within = lineTimeout) => {
      const until = performance.now() + within;
      for (;;) {
        const end = pending.indexOf(10);
        if (end >= 0) {
          const line = pending.subarray(0, end).toString("utf8").replace(/\r$/, "");
          pending = pending.subarray(end + 1);
          transcript.push(`S: ${line}`);
          return line;
        }
        if (ended) throw complain(ended);
        if (!(await change(until))) throw complain(`sent no whole line within ${within / 1000} s`);
      }
    },
    silent: async (milliseconds) => {
      const until = performance.now() + milliseconds;
      while (pending.length === 0 && !ended) if (!(await change(until))) return true;
      return pending.length === 0;
    },
    closed: () => ended !== undefined,
    close: () => socket.destroy(),
  };
}
