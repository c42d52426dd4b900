/**
 * Opens many IMAP sessions at once, keeps all of them open, has each find its INBOX, and says how many did.
 * Run as a host on the simulated internet; who logs in how often comes on standard input, as `Logins`.
 */
import { text } from "node:stream/consumers";
import { ImapFlow } from "imapflow";
import type { Login } from "../../system/support/imap";

export interface Logins {
  readonly each: number;
  readonly logins: readonly Login[];
}

async function main(): Promise<void> {
  const { each, logins }: Logins = JSON.parse(await text(process.stdin));
  const clients = logins.flatMap(({ host, user, password: pass }) =>
    Array.from(
      { length: each },
      // Logins are slow by design, and 200 at once wait for each other.
      () => new ImapFlow({ host, port: 993, secure: true, auth: { user, pass }, ...patience }),
    ),
  );
  const connect = (some: readonly ImapFlow[]) => Promise.allSettled(some.map((client) => client.connect()));
  // The last one once all others are in: a limit counts those.
  const connected = [...(await connect(clients.slice(0, -1))), ...(await connect(clients.slice(-1)))];
  const open = clients.filter((_, i) => connected[i]?.status === "fulfilled");
  const found = await Promise.all(open.map((client) => client.mailboxOpen("INBOX").then(({ path }) => path)));
  const refused = connected.flatMap((result) => (result.status === "rejected" ? [said(result.reason)] : []));
  console.log(JSON.stringify({ found: found.filter((path) => path === "INBOX").length, refused }));
  await Promise.all(open.map((client) => client.logout()));
}

const patience = {
  logger: false as const,
  connectionTimeout: 120_000,
  greetingTimeout: 120_000,
  socketTimeout: 300_000,
};

function said({ responseText, message }: { responseText?: string; message?: string }): string {
  return responseText ?? message ?? "";
}

void main();
