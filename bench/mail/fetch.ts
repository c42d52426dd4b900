/**
 * Reads messages over several IMAP connections at once, whole and one after the other. Run as a host on the simulated
 * internet with the host, the number of connections, of messages for each, the user, and the password in
 * MAILSERVER_PASSWORD; says how many seconds it took, without the logins.
 */
import { openClient } from "./client";

async function fetch(host: string, connections: number, messages: number, user: string): Promise<void> {
  // The greeting, and the tagged end of every answer.
  const last = /^(?:\* OK \[CAPABILITY|a (?:OK|NO|BAD)).*\r\n/m;
  const open = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = await openClient(host, 993, { tls: true, last });
      await client.ask("", /^\* OK/);
      await client.ask(`a LOGIN ${user} ${process.env.MAILSERVER_PASSWORD}\r\n`, /^a OK/);
      return client;
    }),
  );
  await Promise.all(open.map((client) => client.ask("a EXAMINE INBOX\r\n", /OK/)));
  const began = performance.now();
  await Promise.all(
    open.map(async (client) => {
      for (let message = 1; message <= messages; message++)
        await client.ask(`a FETCH ${message} BODY.PEEK[]\r\n`, /^a OK/);
      client.end();
    }),
  );
  console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000 }));
}

const [host = "", connections = "", messages = "", user = ""] = process.argv.slice(2);
fetch(host, Number(connections), Number(messages), user).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
