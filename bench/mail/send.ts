/**
 * Sends messages over several connections at once, each message as soon as the one before is taken. Run as a host on
 * the simulated internet with a job as JSON on standard input; says when it began, in seconds since 1970.
 */
import { readFileSync } from "node:fs";
import { openClient } from "./client";

export interface SendJob {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Each connection's sender, recipient and password; with a password it logs in as the sender. */
  readonly connections: readonly {
    readonly from: string;
    readonly to: string;
    readonly password?: string;
    readonly messages: readonly string[];
  }[];
}

const last = /^\d{3} .*\r\n/m;

async function send({ host, port, tls, connections }: SendJob): Promise<void> {
  const open = await Promise.all(
    connections.map(async ({ from, password }) => {
      const client = await openClient(host, port, { tls, last });
      await client.ask("", /^220/);
      await client.ask("EHLO sink.test\r\n", /^250/);
      const login = Buffer.from(`\0${from}\0${password}`).toString("base64");
      if (password !== undefined) await client.ask(`AUTH PLAIN ${login}\r\n`, /^235/);
      return client;
    }),
  );
  const began = Date.now() / 1000;
  await Promise.all(
    connections.map(async ({ from, to, messages }, i) => {
      const client = open[i];
      for (const message of messages) {
        await client?.ask(`MAIL FROM:<${from}>\r\n`, /^250/);
        await client?.ask(`RCPT TO:<${to}>\r\n`, /^250/);
        await client?.ask("DATA\r\n", /^354/);
        await client?.ask(`${message}\r\n.\r\n`, /^250/);
      }
      client?.end();
    }),
  );
  console.log(JSON.stringify({ began }));
}

if (require.main === module)
  send(JSON.parse(readFileSync(0, "utf8"))).catch((error: Error) => {
    console.error(error.message);
    process.exit(1);
  });
