import type { ConnectionOptions, DetailedPeerCertificate, PeerCertificate, TLSSocket } from "node:tls";
import type { MailHost } from "../mail-hosts";
import { Unreachable } from "../network";
import { CannotCheck, NotApplicable } from "../outcome";
import { Unwelcome } from "../smtp/hello";
import { openSmtp } from "../smtp/session";
import type { Subject } from "../subject";
import { beginTls, HandshakeFailed } from "./connect";

/** What a mail host shows of itself in TLS on port 25. */
export interface MailServerChain {
  /** DER, the leaf first; a root that is known here is at the end though it was not sent. */
  readonly chain: readonly Buffer[];
  /** Whether the chain leads to a known authority, is in force by this machine's clock, and is for the host's name. */
  readonly authorized: boolean;
  /** Why it is not, as {@link distrust} has it. */
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

/** One address of a mail host, with what it shows. */
export interface SeenChain extends MailServerChain {
  readonly host: string;
  readonly address: string;
}

/** Bounds what a domain with many mail hosts costs. */
const addressLimit = 12;

/**
 * What all addresses of some mail hosts show on port 25, asked side by side. Those that refuse connections, don't offer
 * STARTTLS or break the handshake off are left out: checks of SMTP tell those.
 * @param serverName the name that a host's certificate is to be for
 * @returns with a line for evidence for each address that could not be asked
 * @throws NotApplicable when there is none left, CannotCheck when none has answered
 */
export async function mailServerChains(
  subject: Subject,
  hosts: readonly MailHost[],
  serverName: (host: string) => string = (host) => host,
): Promise<{ readonly seen: readonly SeenChain[]; readonly unseen: readonly string[] }> {
  const places = hosts
    .flatMap(({ name, addresses }) => addresses.map((address) => ({ host: name, address })))
    .slice(0, addressLimit);
  const seen: SeenChain[] = [];
  const unasked: CannotCheck[] = [];
  const asked = places.map(({ host, address }) => mailServerChain(subject, serverName(host), address));
  for (const [index, result] of (await Promise.allSettled(asked)).entries()) {
    const place = places[index];
    if (result.status === "fulfilled" && place) seen.push({ ...place, ...result.value });
    else if (result.status === "rejected" && !isAnothers(result.reason)) {
      if (!(result.reason instanceof CannotCheck)) throw result.reason;
      unasked.push(result.reason);
    }
  }
  const [first] = unasked;
  if (seen.length === 0) throw first ?? new NotApplicable("No mail host offers TLS on port 25.");
  return { seen, unseen: unasked.map(({ message }) => `Not checked: ${message.split("\n")[0]}`) };
}

function isAnothers(error: unknown): boolean {
  return (
    error instanceof NotApplicable ||
    error instanceof HandshakeFailed ||
    (error instanceof Unreachable && error.why === "refused")
  );
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

/**
 * Why a certificate is not trusted for a name: the end of a sentence about it, for example "expired on 2026-11-01".
 * @returns undefined when it is
 */
export function distrust(tls: TLSSocket, name: string): string | undefined {
  if (tls.authorized) return undefined;
  // Declared as an Error, it is a string.
  const code = String(tls.authorizationError);
  // Against Node's declaration null, once the connection is closed.
  const certificate = tls.getPeerCertificate() as PeerCertificate | null;
  if (!certificate?.raw) return `does not hold (${code})`;
  const { valid_from, valid_to, issuer, subjectaltname = "" } = certificate;
  const authority = issuer?.CN ?? issuer?.O ?? "an authority without a name";
  switch (code) {
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return `is for ${subjectaltname.replaceAll("DNS:", "") || "no name"}, not for ${name}`;
    case "CERT_HAS_EXPIRED":
      return `expired on ${date(valid_to)}`;
    case "CERT_NOT_YET_VALID":
      return `is not valid before ${date(valid_from)}`;
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return "is self-signed";
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
      return `leads to no known authority: its issuer is ${authority}, and an intermediate certificate may be missing`;
    default:
      return `does not hold (${code})`;
  }
}

function date(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
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
    const tls = await beginTls(subject.network, smtp.talk.socket, host, options);
    return {
      chain: derChain(tls.getPeerCertificate(true)),
      authorized: tls.authorized,
      authorizationError: distrust(tls, host),
      protocol: tls.getProtocol() ?? "",
    };
  } finally {
    smtp.close();
  }
}

/** Node gives each certificate's issuer in it; a root is its own. */
export function derChain(leaf: DetailedPeerCertificate): Buffer[] {
  const chain = new Map<string, Buffer>();
  for (let next = leaf; next?.raw && !chain.has(next.fingerprint256); next = next.issuerCertificate)
    chain.set(next.fingerprint256, next.raw);
  return [...chain.values()];
}
