/**
 * Waits in INBOX (IDLE) until a message arrives, then says its subject.
 * Run as a host on the simulated internet; who logs in comes on standard input, as `Login`.
 */
import { text } from "node:stream/consumers";
import { ImapFlow } from "imapflow";
import type { Login } from "../../system/support/imap";

async function main(): Promise<void> {
  const { host, user, password: pass }: Login = JSON.parse(await text(process.stdin));
  // A session that compresses stays in its process.
  const plain = { logger: false, disableCompression: true } as const;
  const client = new ImapFlow({ host, port: 993, secure: true, auth: { user, pass }, ...plain });
  await client.connect();
  await client.mailboxOpen("INBOX");
  const news = new Promise<{ count: number }>((resolve) => client.once("exists", resolve));
  void client.idle();
  const { count } = await news;
  const message = await client.fetchOne(String(count), { envelope: true });
  console.log(message ? message.envelope?.subject : "");
  await client.logout();
}

void main();
