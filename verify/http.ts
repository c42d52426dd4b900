import {
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  STATUS_CODES,
} from "node:http";
import { isIP, type Socket } from "node:net";
import { addressesOf } from "./mail-hosts";
import { CannotCheck } from "./outcome";
import type { Subject } from "./subject";
import { beginTls } from "./tls/connect";
import { distrust } from "./tls/peer";

/** A web server's answer, whatever its status. */
export interface HttpAnswer {
  /** The one that answered, after redirects if they were followed. */
  readonly url: string;
  readonly address: string;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders;
  /** At most 64 KiB. */
  readonly body: string;
  /** There was more. */
  readonly truncated: boolean;
  /** Why the certificate is not trusted: the end of a sentence about it. */
  readonly certificateError?: string;
  /** Requests and the heads of their answers, a line each, for evidence. */
  readonly transcript: readonly string[];
}

export interface HttpQuestion {
  /** Sent by POST; without it the method is GET. */
  readonly content?: { readonly type: string; readonly text: string };
  /** How many redirects to follow, not from https to http. @default 0 */
  readonly redirects?: number;
}

/** The URL's host has no address. */
export class NoAddress extends CannotCheck {}

/** What answers does not speak HTTP, or breaks off. */
export class NotHttp extends CannotCheck {}

/** Milliseconds for all of it. */
const patience = 10_000;
const bodyLimit = 64 * 1024;
const addressesTried = 3;
/** Headers that tell an operator something; others may hold what is nobody's business. */
const shownHeaders = ["location", "content-type", "content-length", "date", "server", "www-authenticate"];

/**
 * Asks a web server, in bounded time and memory and once in a whole run.
 * @param url of http or https
 * @throws NoAddress, Unreachable, HandshakeFailed, NotHttp, CannotCheck when it takes more than 10 s
 */
export function askWeb(subject: Subject, url: string, question: HttpQuestion = {}): Promise<HttpAnswer> {
  return subject.once(`web ${url} ${JSON.stringify(question)}`, async () => {
    const sockets = new Set<Socket>();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const why = `${url} gave no whole answer within ${patience / 1000} s.`;
      const remedy = "Look at the web server's load and log, or ask again later.";
      timer = setTimeout(() => reject(new CannotCheck(why, remedy)), patience);
    });
    try {
      return await Promise.race([follow(subject, new URL(url), question, sockets), late]);
    } finally {
      clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
    }
  });
}

async function follow(
  subject: Subject,
  url: URL,
  { content, redirects = 0 }: HttpQuestion,
  sockets: Set<Socket>,
  before: readonly string[] = [],
): Promise<HttpAnswer> {
  const answer = await ask(subject, url, content, sockets);
  const transcript = [...before, ...answer.transcript];
  const { location } = answer.headers;
  const isRedirect = answer.status >= 300 && answer.status < 400 && location !== undefined;
  if (!isRedirect || redirects === 0 || !URL.canParse(location, url.href)) return { ...answer, transcript };
  const next = new URL(location, url);
  const safe = next.protocol === "https:" || (next.protocol === "http:" && url.protocol === "http:");
  if (!safe || answer.certificateError) return { ...answer, transcript };
  return follow(subject, next, { content, redirects: redirects - 1 }, sockets, transcript);
}

async function ask(
  subject: Subject,
  url: URL,
  content: HttpQuestion["content"],
  sockets: Set<Socket>,
): Promise<HttpAnswer> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const secure = url.protocol === "https:";
  const { socket: plain, address } = await reach(subject, host, Number(url.port) || (secure ? 443 : 80));
  sockets.add(plain);
  const tls = secure ? await beginTls(subject.network, plain, host) : undefined;
  // A connection that has ended with the answer no longer tells its certificate.
  const certificateError = tls && distrust(tls, host);
  const message = await exchange(tls ?? plain, url, content);
  const { body, truncated } = await read(message, url);
  const { statusCode: status = 0, headers } = message;
  return {
    url: url.href,
    address,
    status,
    headers,
    body,
    truncated,
    certificateError,
    transcript: [
      `C: ${content ? "POST" : "GET"} ${url.href} (${address})`,
      `S: ${status} ${message.statusMessage || STATUS_CODES[status] || ""}`,
      ...shownHeaders.flatMap((name) => (headers[name] ? [`S: ${name}: ${headers[name]}`] : [])),
    ],
  };
}

/** The host's first address that takes a connection. */
async function reach(
  subject: Subject,
  host: string,
  port: number,
): Promise<{ socket: Socket; address: string }> {
  const addresses = isIP(host) ? [host] : await addressesOf(subject, host);
  let complaint = new NoAddress(
    `${host} has no address.`,
    `Publish one: ${host}. A <the web server's address>`,
  );
  for (const address of addresses.slice(0, addressesTried)) {
    try {
      return { socket: await subject.network.connect({ address, port }), address };
    } catch (error) {
      if (!(error instanceof CannotCheck)) throw error;
      // The first address is the one to tell of: a machine without IPv6 fails with the others anyway.
      if (complaint instanceof NoAddress) complaint = error;
    }
  }
  throw complaint;
}

function exchange(socket: Socket, url: URL, content: HttpQuestion["content"]): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      createConnection: () => socket,
      method: content ? "POST" : "GET",
      path: url.pathname + url.search,
      headers: {
        host: url.host,
        "user-agent": "mailserver-verify",
        accept: "*/*",
        connection: "close",
        ...(content
          ? { "content-type": content.type, "content-length": Buffer.byteLength(content.text) }
          : {}),
      },
    });
    request.once("response", resolve);
    // Stays, for what comes after the answer too: without any listener an error would end the process.
    request.on("error", ({ message }) => reject(notHttp(url, message)));
    request.end(content?.text);
  });
}

function read(message: IncomingMessage, url: URL): Promise<{ body: string; truncated: boolean }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = () => {
      const truncated = size > bodyLimit;
      resolve({ body: Buffer.concat(chunks).subarray(0, bodyLimit).toString("utf8"), truncated });
    };
    message.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= bodyLimit) return;
      finish();
      message.destroy();
    });
    message.once("end", finish);
    message.on("error", ({ message: why }) => reject(notHttp(url, why)));
  });
}

function notHttp(url: URL, why: string): NotHttp {
  return new NotHttp(
    `The web server of ${url.host} gives no proper HTTP answer: ${why}.`,
    "Look at what listens there, and at its log.",
  );
}
