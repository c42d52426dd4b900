import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { connect, isIP, isIPv6 } from "node:net";
import { setTimeout as setTimeoutPromise } from "node:timers/promises";
import { CannotCheck } from "../outcome";
import type { RecordType } from "./resolver";
import { decodeReply, encodeQuestion, type Question, type Reply } from "./wire";

/** A name server or resolver. */
export interface Server {
  readonly address: string;
  readonly port: number;
}

/**
 * @param text `IP`, `IP#port`, or as `node:dns` gives them: `IP:port`, `[IPv6]:port`
 * @throws CannotCheck
 */
export function parseServer(text: string): Server {
  const parts = /^\[(.+)\]:(\d+)$/.exec(text) ?? /^(.+)#(\d+)$/.exec(text) ?? /^([\d.]+):(\d+)$/.exec(text);
  const [address = "", port = "53"] = parts ? parts.slice(1) : [text];
  if (isIP(address) === 0 || Number(port) < 1 || Number(port) > 65_535)
    throw new CannotCheck(
      `"${text}" is not the address of a resolver.`,
      "Give one such as 192.0.2.53 or 192.0.2.53#5353.",
    );
  return { address, port: Number(port) };
}

export function formatServer({ address, port }: Server): string {
  return port === 53 ? address : `${address}#${port}`;
}

/** Milliseconds until the next try, and for all of them. */
const tryAgain = 1_500;
const patience = 5_000;

/**
 * Puts one question to one server, by UDP and, where the reply does not fit, by TCP. Whatever is not a reply to this
 * very question is ignored; a late reply to an earlier try is taken too.
 * @throws CannotCheck when there is none in about five seconds
 */
export async function exchange<T extends RecordType>(
  server: Server,
  question: Question & { readonly type: T },
): Promise<Reply<T>> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), patience);
  const attempts: Promise<Reply<T>>[] = [];
  try {
    // The last try is without EDNS0, which some servers and middleboxes choke on (RFC 6891 section 6.2.2).
    for (const edns of [true, true, false]) {
      attempts.push(attempt(server, question, edns, over.signal));
      const pause = setTimeoutPromise(tryAgain, undefined, { signal: over.signal });
      const reply = await Promise.race([Promise.any(attempts).catch(() => undefined), pause]);
      if (reply) return reply;
    }
    return await Promise.any(attempts);
  } catch (error) {
    const why = ((error as AggregateError).errors[0] as Error).message;
    throw new CannotCheck(
      `${formatServer(server)} gave no answer to ${question.name || "."} ${question.type}: ${why}.`,
      "Run it again: a resolver may take longer where name servers of the domain do not answer it. Otherwise ask another one with --resolver, or from another network.",
    );
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

async function attempt<T extends RecordType>(
  server: Server,
  question: Question & { readonly type: T },
  edns: boolean,
  over: AbortSignal,
): Promise<Reply<T>> {
  const id = randomInt(0x10000);
  const packet = encodeQuestion(question, id, edns);
  const read = (bytes: Buffer) => decodeReply(bytes, question, id);
  const udp = await byUdp(server, packet, read, over);
  const reply = udp.truncated ? await byTcp(server, packet, read, over) : udp;
  if (edns && reply.rcode === "OTHER") throw new Error("it does not understand the question");
  return reply;
}

/** A socket of its own for each packet, so that the port is random too (RFC 5452 section 9.2). */
function byUdp<R>(
  { address, port }: Server,
  packet: Buffer,
  read: (bytes: Buffer) => R | undefined,
  over: AbortSignal,
): Promise<R> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
    const finish = (then: () => void) => {
      over.removeEventListener("abort", timeout);
      socket.close();
      then();
    };
    const timeout = () => finish(() => reject(new Error("none came in time")));
    over.addEventListener("abort", timeout, { once: true });
    socket.on("error", (error) => finish(() => reject(error)));
    socket.on("message", (bytes) => {
      const reply = read(bytes);
      if (reply) finish(() => resolve(reply));
    });
    // The kernel drops what comes from elsewhere.
    socket.once("connect", () => socket.send(packet));
    socket.connect(port, address);
  });
}

/** RFC 7766: two bytes of length come first. */
function byTcp<R>(
  { address, port }: Server,
  packet: Buffer,
  read: (bytes: Buffer) => R | undefined,
  over: AbortSignal,
): Promise<R> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, signal: over });
    const length = Buffer.alloc(2);
    length.writeUInt16BE(packet.length);
    socket.write(Buffer.concat([length, packet]));
    let received = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      const size = received.length < 2 ? Number.POSITIVE_INFINITY : 2 + received.readUInt16BE(0);
      if (received.length < size) return;
      socket.destroy();
      const reply = read(received.subarray(2, size));
      if (reply) resolve(reply);
      else reject(new Error("what came by TCP is no reply to it"));
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("the reply does not fit into UDP, and none came by TCP")));
  });
}
