import { constants, X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import type { Subject } from "../subject";
import { beginTls } from "./connect";
import { derChain } from "./peer";
import { type MailService, reachTls } from "./services";
import { trustedPath } from "./trust";

/** One port of one address of a mail host. */
export interface MailPort {
  readonly host: string;
  readonly address: string;
  readonly service: MailService;
}

export interface PortCertificate extends MailPort {
  readonly leaf: X509Certificate;
  /** The leaf first, each issued by the next, as far as they were sent; a root that is known here is added to them. */
  readonly chain: readonly X509Certificate[];
  /** From the leaf to the trusted authority, without its own; the leaf alone when there is no such path. */
  readonly path: readonly X509Certificate[];
  /** Why the certificate is not trusted, apart from time and name: OpenSSL's code. */
  readonly distrust?: string;
}

/** Errors of time, which OpenSSL tells in place of others. */
const errorsOfTime = ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"];

/**
 * The certificate that a port serves; one handshake in a whole run, with a client that takes every version, cipher
 * suite and key that OpenSSL still knows: what is wrong with those is for other checks.
 * @throws NoTls, Unreachable, HandshakeFailed, CannotCheck
 */
export function certificateOf(subject: Subject, port: MailPort): Promise<PortCertificate> {
  const { host, address, service } = port;
  return subject.once(`certificate of ${address} port ${service.port} as ${host}`, async () => {
    const { network } = subject;
    const tls = await beginTls(network, await reachTls(subject, address, service), host, {
      minVersion: "TLSv1",
      ciphers: "ALL:!aNULL:!eNULL:@SECLEVEL=0",
      secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
      checkServerIdentity: () => undefined,
    });
    try {
      return { ...port, ...judgeChain(tls, network.authorities) };
    } finally {
      tls.destroy();
    }
  });
}

function judgeChain(
  tls: TLSSocket,
  authorities: readonly string[],
): Pick<PortCertificate, "leaf" | "chain" | "path" | "distrust"> {
  const chain = derChain(tls.getPeerCertificate(true)).map((der) => new X509Certificate(der));
  const [leaf] = chain;
  if (!leaf) throw new TypeError("A handshake without a certificate");
  const path = trustedPath(chain, authorities);
  // Declared as an Error, it is a string.
  const error = tls.authorized ? undefined : String(tls.authorizationError);
  const untimely = error !== undefined && errorsOfTime.includes(error);
  const distrust = untimely ? (path ? undefined : "UNABLE_TO_GET_ISSUER_CERT") : error;
  return { leaf, chain, path: path ?? [leaf], distrust };
}
