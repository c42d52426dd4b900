import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ImapFlow, SearchObject } from "imapflow";
import { CannotCheck } from "../outcome";
import type { SmtpSession } from "../smtp/session";
import type { Subject } from "../subject";
import { accountOf, domainOf, NamedBy } from "./account-check";
import { imapLogin, withMailbox } from "./mailbox";
import { openSubmission } from "./submission";

/** A message that the account has sent to itself, as it came. */
export interface Delivery {
  readonly source: Buffer;
  readonly mailbox: string;
  readonly junk: boolean;
  /** From the server's taking it to its being there. */
  readonly seconds: number;
  /** This machine's address on the connection by which it was handed in. */
  readonly clientAddress: string;
}

/** Milliseconds from the beginning: a check has thirty seconds. */
const patience = 25_000;
const pause = 300;
/** Bytes; the message itself has some hundred. */
const sourceLimit = 256 * 1024;

interface Folder {
  readonly path: string;
  readonly junk: boolean;
  /** UIDs from here on are new. */
  readonly from: number;
}

/**
 * Sends one message from the account to itself, waits for it in INBOX and Junk, and deletes it.
 * @throws NamedBy account-imap or account-delivery, CannotCheck when neither it nor a bounce is there in time
 */
export function delivery(subject: Subject): Promise<Delivery> {
  const { address } = accountOf(subject);
  return subject.once(`delivery to ${address}`, async () => {
    const until = performance.now() + patience;
    await imapLogin(subject);
    return withMailbox(subject, async (client) => {
      const folders = await watched(client);
      const smtp = await openSubmission(subject);
      try {
        const token = randomUUID();
        const answer = await send(smtp, address, token, subject.now);
        const sent = performance.now();
        const found = await wait(client, folders, token, until);
        if (!found) throw lost(token, answer, Math.round((performance.now() - sent) / 1000));
        const seconds = Math.round(performance.now() - sent) / 1000;
        return { ...found, seconds, clientAddress: smtp.talk.socket.localAddress ?? "" };
      } finally {
        smtp.close();
      }
    });
  });
}

async function watched(client: ImapFlow): Promise<readonly Folder[]> {
  const junk = (await client.list()).find(
    ({ specialUse, path }) => specialUse === "\\Junk" || /^(INBOX[./])?(junk|spam)$/i.test(path),
  );
  const paths = [{ path: "INBOX", junk: false }, ...(junk ? [{ path: junk.path, junk: true }] : [])];
  const folders: Folder[] = [];
  for (const folder of paths) folders.push({ ...folder, from: await nextUid(client, folder.path) });
  return folders;
}

async function nextUid(client: ImapFlow, path: string): Promise<number> {
  const { uidNext = 1 } = (await client.status(path, { uidNext: true })) || {};
  return uidNext;
}

/** @returns the server's last answer */
async function send(smtp: SmtpSession, address: string, token: string, now: Date): Promise<string> {
  const step = async (command: string, expected: number, shown = command) => {
    const { code, lines } = await smtp.command(command, shown);
    if (code === expected) return `${code} ${lines.join(" ")}`;
    throw new NamedBy(
      "account-delivery",
      [`The server refuses a message of ${address} to itself.`, ...smtp.talk.transcript.slice(-4)].join("\n"),
      "Look at the log of the submission service for this session: it names the rule or the filter that refused.",
    );
  };
  await step(`MAIL FROM:<${address}>`, 250);
  await step(`RCPT TO:<${address}>`, 250);
  await step("DATA", 354);
  return step(`${message(address, token, now)}\r\n.`, 250, "(the message)\r\n.");
}

/** What a mail program would send; its User-Agent shows whether the server keeps such a header to itself. */
function message(address: string, token: string, now: Date): string {
  return [
    `From: <${address}>`,
    `To: <${address}>`,
    `Subject: mailserver verify ${token}`,
    `Date: ${now.toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${token}@${domainOf(address)}>`,
    "User-Agent: mailserver-verify",
    // Nobody on holiday answers it (RFC 3834 section 5).
    "Auto-Submitted: auto-generated",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=us-ascii",
    "",
    "mailserver verify has sent this to see whether mail arrives. It deletes it itself.",
  ].join("\r\n");
}

async function wait(
  client: ImapFlow,
  folders: readonly Folder[],
  token: string,
  until: number,
): Promise<Pick<Delivery, "source" | "mailbox" | "junk"> | undefined> {
  while (performance.now() < until) {
    for (const folder of folders) {
      const source = await take(client, folder, token);
      if (source) return { source, mailbox: folder.path, junk: folder.junk };
    }
    await sleep(pause);
  }
  return undefined;
}

/** Fetches and deletes the message, if it is there by now. */
async function take(client: ImapFlow, { path, from }: Folder, token: string): Promise<Buffer | undefined> {
  if ((await nextUid(client, path)) <= from) return undefined;
  await client.mailboxOpen(path);
  try {
    const uids = `${from}:*`;
    const source = await takeFound(client, { uid: uids, header: { subject: token } });
    if (source) return source;
    // The message has the token in its header alone, a bounce has that header in its body (RFC 3464 section 2).
    const bounce = await takeFound(client, { uid: uids, body: token });
    if (bounce) throw bounced(bounce);
    return undefined;
  } finally {
    await client.mailboxClose();
  }
}

async function takeFound(client: ImapFlow, wanted: SearchObject): Promise<Buffer | undefined> {
  const uid = ((await client.search(wanted, { uid: true })) || []).at(-1);
  if (!uid) return undefined;
  const fetched = await client.fetchOne(`${uid}`, { source: { maxLength: sourceLimit } }, { uid: true });
  await client.messageFlagsAdd(`${uid}`, ["\\Deleted"], { uid: true });
  // A plain EXPUNGE would remove whatever else its owner has marked (RFC 4315 section 2.1).
  if (client.capabilities.has("UIDPLUS")) await client.messageDelete(`${uid}`, { uid: true });
  return fetched ? fetched.source : undefined;
}

function bounced(source: Buffer): NamedBy {
  const text = source.toString("latin1");
  const told = ["Status", "Diagnostic-Code"].flatMap(
    (field) => new RegExp(`^${field}:[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*`, "im").exec(text)?.[0] ?? [],
  );
  return new NamedBy(
    "account-delivery",
    ["The message was taken, and came back undelivered.", ...told].join("\n"),
    "Mend what the bounce names; the server's log has more by the number of the message.",
  );
}

/** Scanners, greylisting on the way and rules of the mailbox's owner keep a message from INBOX too, and lose nothing. */
function lost(token: string, answer: string, seconds: number): CannotCheck {
  return new CannotCheck(
    `The message was taken (${answer}) and was neither in INBOX nor in Junk ${seconds} s later. Its subject: mailserver verify ${token}`,
    "Look for the subject in the mailbox's other folders, and in INBOX again in some minutes. If it is nowhere, look in the queue (`mailq`) and in the log by the number in the server's answer; then see that the delivery agent runs.",
  );
}
