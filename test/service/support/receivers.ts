/**
 * Strangers' mail servers and the web server of their MTA-STS policies and for reports, each on an address of its own.
 * Run as a host on the simulated internet. Makes a file with its process id once they listen, keeps what is delivered
 * or posted as JSON, a file each, and stays until it is ended.
 *
 * usage: receivers.ts FILE, with the sites and folders as JSON
 */
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

export interface Receivers {
  readonly mail: readonly { readonly address: string; readonly certPem: string; readonly keyPem: string }[];
  readonly web: {
    readonly address: string;
    readonly certPem: string;
    readonly keyPem: string;
    /** By host name. */
    readonly policies: Readonly<Record<string, string>>;
  };
  readonly marker: string;
  /** Where messages are kept. */
  readonly folder: string;
}

export interface Received {
  readonly to: readonly string[];
  readonly from: string;
  readonly tls: boolean;
  readonly raw: string;
}

/** What somebody has sent by HTTPS. */
export interface Posted {
  readonly url: string;
  readonly type: string;
  /** Base64. */
  readonly content: string;
}

async function serve({ mail, web, marker, folder }: Receivers): Promise<void> {
  for (const { address } of [...mail, web])
    execFileSync("ip", ["address", "replace", `${address}/32`, "dev", "inet0"]);
  for (const { address, certPem, keyPem } of mail) {
    const server = new SMTPServer({
      cert: certPem,
      key: keyPem,
      disabledCommands: ["AUTH"],
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          keep<Received>(folder, "mail", {
            to: session.envelope.rcptTo.map((to) => to.address),
            from: session.envelope.mailFrom ? session.envelope.mailFrom.address : "",
            tls: session.secure,
            raw: Buffer.concat(chunks).toString("latin1"),
          });
          done();
        });
      },
    });
    server.on("error", (error) => console.error(`${address}: ${error.message}`));
    await once(server.listen(25, address), "listening");
  }
  const site = createServer({ cert: web.certPem, key: web.keyPem }, async (request, response) => {
    const { host = "", "content-type": type = "" } = request.headers;
    if (request.method === "POST") {
      const content = (await buffer(request)).toString("base64");
      keep<Posted>(folder, "post", { url: `https://${host}${request.url}`, type, content });
      response.writeHead(201).end();
      return;
    }
    const policy = web.policies[host];
    const found = policy !== undefined && request.url === "/.well-known/mta-sts.txt";
    response.writeHead(found ? 200 : 404, { "Content-Type": "text/plain" }).end(found ? policy : "");
  });
  site.listen(443, web.address);
  if ((site.address() as AddressInfo | null) === null) await once(site, "listening");
  writeFileSync(marker, String(process.pid));
}

function keep<T>(folder: string, kind: "mail" | "post", what: T): void {
  const file = join(folder, `${randomUUID()}.${kind}`);
  writeFileSync(`${file}.new`, JSON.stringify(what));
  renameSync(`${file}.new`, file);
}

process.once("SIGTERM", () => process.exit(0));
if (require.main === module) void serve(JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")));
