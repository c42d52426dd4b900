/**
 * Holds a session of each kind open until new connections get another certificate, then goes on with each.
 * Run as a host on the simulated internet; makes a file once they are open; says what came of each as JSON.
 */
import { writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { secure, served } from "./handshake";
import { conversation } from "./lines";

async function hold(marker: string, host: string, user: string, password: string): Promise<void> {
  const imap = conversation(await secure(host, 993));
  imap.send(`a LOGIN ${user} ${password}`);
  await imap.line(/^a OK/);
  imap.send("b SELECT INBOX");
  await imap.line(/^b OK/);
  imap.send("c IDLE");
  await imap.line(/^\+/);

  const smtp = conversation(await secure(host, 465));
  await smtp.line(/^220 /);
  smtp.send("EHLO stranger.test");
  await smtp.line(/^250 /);
  smtp.send(`AUTH PLAIN ${Buffer.from(`\0${user}\0${password}`).toString("base64")}`);
  await smtp.line(/^235 /);
  smtp.send(`MAIL FROM:<${user}>`);
  await smtp.line(/^250 /);
  smtp.send(`RCPT TO:<${user}>`);
  await smtp.line(/^250 /);

  const http = conversation(await secure(host, 443));
  http.send(`GET / HTTP/1.1\r\nHost: ${host}`);

  const before = new Map<number, string>();
  for (const port of [993, 465, 443]) before.set(port, (await served(host, port)).serial);
  await writeFile(marker, "");
  for (const [port, serial] of before) while ((await served(host, port)).serial === serial) await delay(200);

  http.send("");
  const answered = await http.line(/^HTTP/);
  smtp.send("DATA");
  await smtp.line(/^354 /);
  smtp.send(`From: ${user}\r\nTo: ${user}\r\nSubject: sent across a renewal\r\n\r\nHello.\r\n.`);
  const sent = await smtp.line(/^\d{3} /);
  const arrived = await imap.line(/^\* \d+ EXISTS/);
  // Dovecot ends sessions some seconds after a reload, if it is told to. Within two minutes it says by itself that this
  // one still is; nginx would not wait for a request for so long.
  await imap.line(/^\* OK Still here/);
  console.log(JSON.stringify({ answered, sent, arrived }));
  process.exit(0);
}

const [marker = "", host = "", user = ""] = process.argv.slice(2);
void hold(marker, host, user, process.env.MAILSERVER_PASSWORD ?? "");
