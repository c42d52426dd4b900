import { createHash, type KeyObject, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect as connectPlain } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { conversation } from "./lines";

export interface Served {
  readonly serial: string;
  readonly keySha256: string;
}

/** Of the SubjectPublicKeyInfo, in hexadecimal, as a TLSA record has it. */
export function keySha256(key: KeyObject): string {
  return createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("hex");
}

/** Connects with TLS from the start. @throws when the certificate is not trusted or for another name */
export async function secure(host: string, port: number): Promise<TLSSocket> {
  const socket = connect({ host, port, servername: host });
  await once(socket, "secureConnect");
  return socket;
}

/** What a port serves, by STARTTLS on 25 and 587. @throws as {@link secure} */
export async function served(host: string, port: number): Promise<Served> {
  const socket = port === 25 || port === 587 ? await startTls(host, port) : await secure(host, port);
  const { raw } = socket.getPeerCertificate();
  socket.destroy();
  const certificate = new X509Certificate(raw);
  return { serial: certificate.serialNumber, keySha256: keySha256(certificate.publicKey) };
}

async function startTls(host: string, port: number): Promise<TLSSocket> {
  const plain = connectPlain(port, host);
  await once(plain, "connect");
  const { send, line } = conversation(plain);
  await line(/^220 /);
  send("EHLO stranger.test");
  await line(/^250 /);
  send("STARTTLS");
  await line(/^220 /);
  plain.removeAllListeners("data");
  const socket = connect({ socket: plain, servername: host });
  await once(socket, "secureConnect");
  return socket;
}
