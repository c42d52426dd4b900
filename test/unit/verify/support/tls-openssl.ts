import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { TestCertificate } from "./certificates";

/**
 * OpenSSL's own test server on the loopback, for the test that is running: an implementation of TLS beside Node's.
 * @param args of `openssl s_server`, for example ["-tls1_1"]
 */
export async function opensslServer(
  { cert, key }: TestCertificate,
  args: readonly string[],
): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "s_server-"));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const server = spawn("openssl", [
    ...["s_server", "-accept", "127.0.0.1:0"],
    ...["-cert", file("cert.pem", cert), "-key", file("key.pem", key)],
    ...args,
  ]);
  onTestFinished(() => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  const port = await listening(server);
  return { address: () => ({ port }) } as unknown as Server;
}

function listening(server: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (chunk: Buffer) => {
      said += chunk;
      const port = /ACCEPT \S+:(\d+)/.exec(said)?.[1];
      if (port) resolve(Number(port));
    };
    server.stdout?.on("data", hear);
    server.stderr?.on("data", hear);
    server.on("exit", () => reject(new Error(said)));
  });
}
