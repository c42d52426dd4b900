import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** What a ClientHello offers, read without the code that is tested. */
export interface Heard {
  readonly version: number;
  readonly suites: readonly number[];
  readonly compressions: readonly number[];
  readonly extensions: ReadonlyMap<number, Buffer>;
}

/** A server that answers each ClientHello with bytes written by hand, for the test that is running. */
export function helloServer(answer: (offer: Heard) => Buffer): Promise<Server> {
  return byteServer((socket) => {
    let pending = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      if (pending.length < 5 || pending.length < 5 + pending.readUInt16BE(3)) return;
      // OpenSSL's client ends with an alert, once it hears something that it doesn't know.
      if (pending[0] === 22) socket.write(answer(hear(pending.subarray(9))));
      pending = Buffer.alloc(0);
    });
  });
}

/** A server that does with a connection what it likes. */
export async function byteServer(serve: (socket: Socket) => void): Promise<Server> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    serve(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return server;
}

export function hear(body: Buffer): Heard {
  let at = 34;
  const take = (lengthBytes: number) => {
    const length = body.readUIntBE(at, lengthBytes);
    at += lengthBytes + length;
    return body.subarray(at - length, at);
  };
  take(1);
  const suites = take(2);
  const compressions = take(1);
  const extensions = new Map<number, Buffer>();
  const end = body.length;
  for (at += 2; at < end; ) {
    const type = body.readUInt16BE(at);
    at += 2;
    extensions.set(type, take(2));
  }
  return {
    version: body.readUInt16BE(0),
    suites: Array.from({ length: suites.length / 2 }, (_, index) => suites.readUInt16BE(index * 2)),
    compressions: [...compressions],
    extensions,
  };
}

export interface HelloParts {
  /** @default TLS 1.2 */
  readonly version?: number;
  readonly suite: number;
  readonly compression?: number;
  /** @default renegotiation_info and extended_master_secret, as good servers have it */
  readonly extensions?: readonly (readonly [type: number, data: string])[];
  /** Hexadecimal body of the ServerKeyExchange. */
  readonly keyExchange?: string;
}

/** A record with ServerHello, ServerKeyExchange where there is one, and ServerHelloDone (RFC 5246 section 7.4). */
export function serverHello(parts: HelloParts): Buffer {
  const { version = 0x0303, suite, compression = 0, keyExchange } = parts;
  const {
    extensions = [
      [0xff01, "00"],
      [23, ""],
    ],
  } = parts;
  const data = extensions.map(([type, hex]) => hex16(type) + hex16(hex.length / 2) + hex).join("");
  const hello = `${hex16(version)}${"11".repeat(32)}00${hex16(suite)}${hex8(compression)}${hex16(data.length / 2)}${data}`;
  const messages = [message(2, hello), keyExchange ? message(12, keyExchange) : "", message(14, "")];
  return record(22, messages.join(""));
}

/** @param level 1 for a warning */
export function alert(description: number, level = 2): Buffer {
  return record(21, hex8(level) + hex8(description));
}

export function record(type: number, hex: string): Buffer {
  return Buffer.from(`${hex8(type)}0303${hex16(hex.length / 2)}${hex}`, "hex");
}

function message(type: number, hex: string): string {
  return `${hex8(type)}00${hex16(hex.length / 2)}${hex}`;
}

function hex8(value: number): string {
  return value.toString(16).padStart(2, "0");
}

function hex16(value: number): string {
  return value.toString(16).padStart(4, "0");
}

/** A server of TLS 1.2 that knows these suites and takes the first of its own that is offered. */
export function picking(suites: readonly number[], parts: Partial<HelloParts> = {}): Promise<Server> {
  return helloServer((offer) => {
    const suite = suites.find((known) => offer.suites.includes(known));
    return suite === undefined ? alert(40) : serverHello({ suite, ...parts });
  });
}
