import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { Server, Socket } from "node:net";
import { onTestFinished } from "vitest";
import { type CertificateOptions, type TestAuthority, testAuthority } from "./certificates";

export interface Page {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a web server answers, by path; or by host name and path, `autoconfig.example.com/mail/config-v1.1.xml`. */
export type Pages = Readonly<Record<string, Page | string>> | RequestListener;

/** A web server on the loopback, for the test that is running; without a certificate it speaks http. */
export async function httpsServer(
  tls: { readonly cert: string; readonly key: string } | undefined,
  pages: Pages,
): Promise<Server> {
  const listener = typeof pages === "function" ? pages : serve(pages);
  const server = tls ? createHttpsServer(tls, listener) : createHttpServer(listener);
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return server;
}

function serve(pages: Exclude<Pages, RequestListener>): RequestListener {
  return (request, response) => {
    const [path = ""] = (request.url ?? "").split("?");
    const found = pages[`${request.headers.host}${path}`] ?? pages[path];
    const page = typeof found === "string" ? { body: found } : (found ?? { status: 404, body: "Not found" });
    response.writeHead(page.status ?? 200, page.headers ?? { "content-type": "text/plain" });
    response.end(page.body);
  };
}

let authority: Promise<TestAuthority> | undefined;

/** One for all tests of a file, which the worlds trust by `authorities: [root]`. */
export async function trusted(
  options: CertificateOptions,
): Promise<{ readonly root: string; readonly cert: string; readonly key: string }> {
  authority ??= testAuthority();
  const { root, issue } = await authority;
  return { root, ...(await issue(options)) };
}
