import { isIP, type Socket } from "node:net";
import { type ConnectionOptions, connect, rootCertificates, type TLSSocket } from "node:tls";
import type { Network } from "../network";
import { CannotCheck } from "../outcome";

const handshakeTimeout = 10_000;

/** TLS could not be agreed on, or the server broke the handshake off. */
export class HandshakeFailed extends CannotCheck {}

/**
 * Begins TLS on a connection. Whether the certificate is trusted is not enforced: `authorized` and
 * `authorizationError` of the socket tell it.
 * @param servername the name that the certificate is to be for
 * @throws HandshakeFailed
 */
export function beginTls(
  network: Network,
  socket: Socket,
  servername: string,
  options: ConnectionOptions = {},
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const tls = connect({
      ...(isIP(servername) ? {} : { servername }),
      // Given `ca`, Node no longer trusts what NODE_EXTRA_CA_CERTS names.
      ...(network.authorities.length > 0 ? { ca: [...rootCertificates, ...network.authorities] } : {}),
      ...options,
      socket,
      rejectUnauthorized: false,
    });
    const { remoteAddress } = socket;
    const fail = (why: string) => {
      clearTimeout(timer);
      tls.destroy();
      socket.destroy();
      reject(new HandshakeFailed(`No TLS with ${servername} at ${remoteAddress}: ${why}`));
    };
    const timer = setTimeout(
      () => fail(`no handshake within ${handshakeTimeout / 1000} s`),
      handshakeTimeout,
    );
    tls.once("secureConnect", () => {
      clearTimeout(timer);
      tls.removeAllListeners("error");
      tls.on("error", () => {});
      resolve(tls);
    });
    tls.once("error", (error) => fail(error.message));
    tls.once("close", () => fail("the server closed the connection"));
  });
}
