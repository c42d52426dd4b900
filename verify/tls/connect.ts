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
 * @throws HandshakeFailed; CannotCheck when it takes too long, which may be the load of the moment
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
    const end = (error: CannotCheck) => {
      clearTimeout(timer);
      tls.destroy();
      socket.destroy();
      reject(error);
    };
    const place = `No TLS with ${servername} at ${remoteAddress}`;
    const fail = (why: string) => end(new HandshakeFailed(`${place}: ${why}`));
    const timer = setTimeout(
      () =>
        end(
          new CannotCheck(
            `${place}: no handshake within ${handshakeTimeout / 1000} s`,
            "Run the same command again; if it takes as long then, look at the server's load and at the firewalls on the way.",
          ),
        ),
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
