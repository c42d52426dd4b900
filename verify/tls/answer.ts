import { extension } from "./hello";
import { suiteOf } from "./suites";
import { isVersion, type Version, version } from "./versions";

/** The server agreed to part of an offer. */
export interface Agreed {
  readonly kind: "agreed";
  readonly version: Version;
  readonly suite: number;
  /** Whether it chose a compression method. */
  readonly compression: boolean;
  /** Types of the ServerHello's extensions. */
  readonly extensions: ReadonlySet<number>;
  /** Of ECDHE in TLS 1.2 and below: the named group, 0 for a curve that the server describes itself. */
  readonly group?: number;
  /** Of DHE in TLS 1.2 and below: bits of the prime. */
  readonly primeBits?: number;
}

export type Answer =
  | Agreed
  /** Nothing of the offer is to its liking. @field how for example "alert handshake_failure" */
  | { readonly kind: "refused"; readonly how: string }
  /** It tells neither. */
  | { readonly kind: "unclear"; readonly why: string };

/** Bytes of an answer: chains of certificates are a few kilobytes. */
export const answerLimit = 64 * 1024;
/** RFC 5246 section 6.2.3: of a record, with what encryption adds. */
const recordLimit = (1 << 14) + 2048;

const alertNames: ReadonlyMap<number, string> = new Map([
  [0, "close_notify"],
  [10, "unexpected_message"],
  [40, "handshake_failure"],
  [47, "illegal_parameter"],
  [50, "decode_error"],
  [70, "protocol_version"],
  [71, "insufficient_security"],
  [80, "internal_error"],
  [86, "inappropriate_fallback"],
  [112, "unrecognized_name"],
]);

class Malformed extends Error {}

/**
 * Reads the server's answer to a ClientHello, as far as the key exchange.
 * @param end why no more will come: the server closed the connection, or it took too long
 * @returns undefined when more is needed
 */
export function readAnswer(bytes: Buffer, end?: "closed" | "late"): Answer | undefined {
  try {
    const { messages, alert, over } = readRecords(bytes);
    const agreed = readHandshake(messages, over || end !== undefined);
    if (agreed) return agreed;
    if (alert !== undefined)
      return { kind: "refused", how: `alert ${alertNames.get(alert) ?? `number ${alert}`}` };
    if (bytes.length > answerLimit) throw new Malformed("sends more than a handshake can need");
    // Some servers break off without an alert where they agree to nothing.
    if (end === "closed" && bytes.length === 0) return { kind: "refused", how: "connection closed" };
    if (end === "late") throw new Malformed("does not answer a ClientHello in time");
    if (end || over) throw new Malformed("breaks off in the middle of its answer");
    return undefined;
  } catch (error) {
    if (error instanceof Malformed) return { kind: "unclear", why: error.message };
    // A length that leads out of its message.
    if (error instanceof RangeError) return { kind: "unclear", why: "sends a malformed ServerHello" };
    throw error;
  }
}

/** Handshake messages may be spread over records, or share one (RFC 8446 section 5.1). */
function readRecords(bytes: Buffer): { messages: Buffer; alert?: number; over: boolean } {
  const parts: Buffer[] = [];
  let at = 0;
  while (bytes.length > at) {
    const type = bytes.readUInt8(at);
    if (type < 20 || type > 23 || (bytes.length > at + 1 && bytes[at + 1] !== 3))
      throw new Malformed(`answers with something else than TLS: ${printable(bytes.subarray(at))}`);
    if (bytes.length < at + 5) break;
    const length = bytes.readUInt16BE(at + 3);
    if (length > recordLimit) throw new Malformed("sends a record that is longer than TLS allows");
    const content = bytes.subarray(at + 5, at + 5 + length);
    at += 5 + length;
    if (type === 22) parts.push(content);
    else if (content.length < length) break;
    else if (type === 21 && length >= 2) {
      const [level, description = 0] = content;
      // Warnings, such as unrecognized_name, may come before a ServerHello (RFC 6066 section 3).
      if (level === 2 || description === 0)
        return { messages: Buffer.concat(parts), alert: description, over: true };
    } else if (type !== 21) return { messages: Buffer.concat(parts), over: true };
  }
  return { messages: Buffer.concat(parts), over: false };
}

/** @param over nothing comes after these messages @returns undefined as long as there is no whole answer */
function readHandshake(messages: Buffer, over: boolean): Agreed | undefined {
  let agreed: Agreed | undefined;
  let at = 0;
  while (messages.length >= at + 4) {
    const type = messages.readUInt8(at);
    const length = messages.readUIntBE(at + 1, 3);
    if (length > answerLimit) throw new Malformed("sends more than a handshake can need");
    const body = messages.subarray(at + 4, at + 4 + length);
    if (body.length < length) break;
    at += 4 + length;
    if (type === handshakeType.serverHello) agreed = readServerHello(body);
    else if (!agreed && type !== handshakeType.helloRequest)
      throw new Malformed("does not begin its answer with a ServerHello");
    else if (agreed && type === handshakeType.serverKeyExchange)
      return { ...agreed, ...readKeyExchange(agreed, body) };
    // TLS 1.3 has its key exchange in the hello, and encrypts what follows.
    if (agreed && (agreed.version === version.tls13 || type === handshakeType.serverHelloDone)) return agreed;
  }
  return over ? agreed : undefined;
}

const handshakeType = { helloRequest: 0, serverHello: 2, serverKeyExchange: 12, serverHelloDone: 14 };

/** RFC 5246 section 7.4.1.3, RFC 8446 section 4.1.3; a HelloRetryRequest has the same form. */
function readServerHello(body: Buffer): Agreed {
  let chosen = body.readUInt16BE(0);
  let at = 35 + body.readUInt8(34);
  const suite = body.readUInt16BE(at);
  const compression = body.readUInt8(at + 2) !== 0;
  at += 3;
  const extensions = new Set<number>();
  if (body.length > at) {
    const end = at + 2 + body.readUInt16BE(at);
    for (at += 2; at < end; at += 4 + body.readUInt16BE(at + 2)) {
      const type = body.readUInt16BE(at);
      extensions.add(type);
      if (type === extension.supportedVersions) chosen = body.readUInt16BE(at + 4);
    }
  }
  if (!isVersion(chosen)) throw new Malformed(`agrees to the unknown version 0x${chosen.toString(16)}`);
  return { kind: "agreed", version: chosen, suite, compression, extensions };
}

/** RFC 8422 section 5.4 for elliptic curves, RFC 5246 section 7.4.3 for finite fields. */
function readKeyExchange({ suite }: Agreed, body: Buffer): Pick<Agreed, "group" | "primeBits"> {
  const namedCurve = 3;
  switch (suiteOf(suite)?.keyExchange) {
    case "ECDHE":
      return { group: body.readUInt8(0) === namedCurve ? body.readUInt16BE(1) : 0 };
    case "DHE": {
      const prime = body.subarray(2, 2 + body.readUInt16BE(0)).toString("hex");
      return { primeBits: prime ? BigInt(`0x${prime}`).toString(2).length : 0 };
    }
    default:
      return {};
  }
}

function printable(bytes: Buffer): string {
  return JSON.stringify(bytes.subarray(0, 40).toString("latin1"));
}
