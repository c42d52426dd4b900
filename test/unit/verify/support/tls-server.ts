import { once } from "node:events";
import type { Server } from "node:net";
import { createServer, type TlsOptions } from "node:tls";
import { onTestFinished } from "vitest";
import {
  type CertificateOptions,
  type TestAuthority,
  type TestCertificate,
  testAuthority,
} from "./certificates";
import { smtpServer } from "./smtp-server";
import type { World } from "./world";

/** Every version and cipher suite that this machine's OpenSSL still knows. */
export const lax: TlsOptions = { minVersion: "TLSv1", ciphers: "ALL:COMPLEMENTOFALL:@SECLEVEL=0" };
/** What a host of today offers. */
export const strict: TlsOptions = { minVersion: "TLSv1.2", ciphers: "ECDHE+AESGCM:ECDHE+CHACHA20" };

/** A server on the loopback where TLS comes first, for the test that is running. */
export async function tlsServer(options: TlsOptions): Promise<Server> {
  const server = createServer(options);
  server.on("tlsClientError", () => {});
  server.on("secureConnection", (socket) => socket.on("error", () => {}));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return server;
}

/** example.com with one mail host, mx.example.com at 192.0.2.1, on which these ports are open. */
export function hostWith(
  ports: Readonly<Record<number, NonNullable<World["listeners"]>[string]>>,
  world: World = {},
): World {
  const listeners = Object.entries(ports).map(([port, server]) => [`192.0.2.1:${port}`, server] as const);
  return {
    zone: { "example.com MX": ["10 mx.example.com"], "mx.example.com A": ["192.0.2.1"] },
    ...world,
    listeners: { ...Object.fromEntries(listeners), ...world.listeners },
  };
}

let authority: Promise<TestAuthority> | undefined;

/** One for all tests of a file. */
export function sharedAuthority(): Promise<TestAuthority> {
  authority ??= testAuthority();
  return authority;
}

/** For mx.example.com, of the shared authority. */
export async function certificateFor(options: Partial<CertificateOptions> = {}): Promise<TestCertificate> {
  return (await sharedAuthority()).issue({ names: ["mx.example.com"], ...options });
}

/**
 * A good host with ports 25, 465, 587 and 993, whose authority is trusted.
 * @param tls what is different on all of them
 * @param except what is different on some of them
 */
export async function mailHost(
  tls: TlsOptions = {},
  except: Readonly<Record<number, TlsOptions>> = {},
): Promise<World> {
  const good = { ...strict, ...(await certificateFor()), ...tls };
  const of = (port: number) => ({ ...good, ...except[port] });
  const ports = {
    25: await smtpServer({ tls: of(25) }),
    465: await tlsServer(of(465)),
    587: await smtpServer({ tls: of(587) }),
    993: await tlsServer(of(993)),
  };
  return hostWith(ports, { authorities: [(await sharedAuthority()).root] });
}
