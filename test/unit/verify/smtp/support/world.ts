import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { WhyUnreachable } from "../../../../../verify/network";
import { type TestAuthority, testAuthority } from "../../support/certificates";
import { type SmtpOptions, smtpServer } from "../../support/smtp-server";
import type { World } from "../../support/world";

/** example.com with one mail host, which is what the options make of it. */
export function mailHost(options: SmtpOptions = {}): () => Promise<World> {
  return async () => at(await smtpServer(options));
}

/** As `mailHost`, with TLS. */
export function secureMailHost(options: SmtpOptions = {}): () => Promise<World> {
  return async () => {
    const { authority, tls } = await certified();
    return { ...at(await smtpServer({ tls, ...options })), authorities: [authority.root] };
  };
}

/** The mail host of example.com, whatever answers there. */
export function at(server: Server | WhyUnreachable): World {
  return {
    zone: { "example.com MX": ["10 mx.example.com"], "mx.example.com A": ["192.0.2.1"] },
    listeners: { "192.0.2.1:25": server },
  };
}

/** Two mail hosts, the second as the options make it. */
export function backupHost(options: SmtpOptions | "refused" | "timeout"): () => Promise<World> {
  return async () => ({
    zone: {
      "example.com MX": ["10 mx.example.com", "20 backup.example.com"],
      "mx.example.com A": ["192.0.2.1"],
      "backup.example.com A": ["192.0.2.2"],
    },
    listeners: {
      "192.0.2.1:25": await smtpServer(),
      "192.0.2.2:25":
        typeof options === "string"
          ? options
          : await smtpServer({ hostname: "backup.example.com", ...options }),
    },
  });
}

/** A server that does with each connection as it likes. */
export async function rawServer(serve: (socket: Socket) => void): Promise<Server> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    serve(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return server;
}

let shared: ReturnType<typeof make> | undefined;

/** A certificate for mx.example.com, made once a test file. */
export function certified(): ReturnType<typeof make> {
  shared ??= make();
  return shared;
}

async function make(): Promise<{
  authority: TestAuthority;
  tls: Awaited<ReturnType<TestAuthority["issue"]>>;
}> {
  const authority = await testAuthority();
  return { authority, tls: await authority.issue({ names: ["mx.example.com"] }) };
}
