import type { ConnectionOptions, DetailedPeerCertificate, TLSSocket } from "node:tls";
import { NotApplicable } from "../outcome";
import { Unwelcome } from "../smtp/hello";
import { openSmtp } from "../smtp/session";
import type { Subject } from "../subject";
import { beginTls } from "./connect";

/** What a mail host shows of itself in TLS on port 25. */
export interface MailServerChain {
  /** DER, the leaf first; a root that is known here is at the end though it was not sent. */
  readonly chain: readonly Buffer[];
  /** Whether the chain leads to a known authority, is in force by this machine's clock, and is for the host's name. */
  readonly authorized: boolean;
  /** OpenSSL's or Node's code for why it is not. */
  readonly authorizationError?: string;
  /** For example "TLSv1.3". */
  readonly protocol: string;
}

/**
 * The certificates that a mail host has on port 25, by STARTTLS; one connection an address in a whole run.
 * @param host the name that the certificate is to be for
 * @throws NotApplicable where STARTTLS is not offered, Unreachable, Unwelcome, HandshakeFailed, CannotCheck
 */
export function mailServerChain(subject: Subject, host: string, address: string): Promise<MailServerChain> {
  return subject.once(`chain of ${address} port 25 as ${host}`, () => handshake(subject, host, address));
}

/**
 * The chain alone, without what this machine may add to it: who relies on an authority by DANE-TA has only what the
 * server sends (RFC 7672 section 3.1.2).
 * @throws as {@link mailServerChain} does
 */
export function sentChain(subject: Subject, host: string, address: string): Promise<readonly Buffer[]> {
  return subject.once(`chain as sent of ${address} port 25 as ${host}`, async () => {
    const { chain } = await handshake(subject, host, address, { ca: [] });
    return chain;
  });
}

async function handshake(
  subject: Subject,
  host: string,
  address: string,
  options: ConnectionOptions = {},
): Promise<MailServerChain> {
  const smtp = await openSmtp(subject, { address, port: 25 });
  try {
    if (smtp.greeting.code !== 220) throw new Unwelcome(smtp.greeting, address);
    if (!(await smtp.ehlo()).has("STARTTLS") || (await smtp.command("STARTTLS")).code !== 220)
      throw new NotApplicable(`${host} (${address}) does not offer STARTTLS.`);
    smtp.talk.socket.removeAllListeners("data");
    return seen(await beginTls(subject.network, smtp.talk.socket, host, options));
  } finally {
    smtp.close();
  }
}

function seen(tls: TLSSocket): MailServerChain {
  return {
    chain: derChain(tls.getPeerCertificate(true)),
    authorized: tls.authorized,
    // Declared as an Error, it is a string.
    authorizationError: tls.authorized ? undefined : String(tls.authorizationError),
    protocol: tls.getProtocol() ?? "",
  };
}

/** Node gives each certificate's issuer in it; a root is its own. */
function derChain(leaf: DetailedPeerCertificate): Buffer[] {
  const chain = new Map<string, Buffer>();
  for (let next = leaf; next?.raw && !chain.has(next.fingerprint256); next = next.issuerCertificate)
    chain.set(next.fingerprint256, next.raw);
  return [...chain.values()];
}
