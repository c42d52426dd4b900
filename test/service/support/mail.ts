import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { correspondent } from "../../../local/internet/correspondent";
import { locateCloud } from "../../../local/locate";
import { eventually, root } from "../../system/support/cloud";
import { countBySubject, type Login } from "../../system/support/imap";
import { local } from "./server";

/** swaks on the stranger's host, to the host's port 25. */
export const stranger = (...args: string[]) =>
  local.internet(["swaks", "--timeout", "60", "--server", "mx1.example.test", ...args]);

/** Sends a message and expects it to be taken. @returns its subject, which no other message has */
export async function sent(send: (...args: string[]) => ReturnType<typeof stranger>, ...args: string[]) {
  const subject = randomUUID();
  const { code, stdout, stderr } = await send(...args, "--header", `Subject: ${subject}`);
  expect(code, stdout + stderr).toBe(0);
  return subject;
}

/** How many copies of a message somebody has got, as soon as there is one. */
export const copies = (login: Login, subject: string) =>
  eventually(
    () => countBySubject(local, login, subject),
    (n) => n > 0,
  );

/** The answer to RCPT, or to MAIL if it does not get so far. */
export const answer = (transaction: ReturnType<typeof stranger>) =>
  reply(transaction, /[-~]> (RCPT TO|MAIL FROM):/);

/** The answer to the message itself. */
export const answerToMessage = (transaction: ReturnType<typeof stranger>) => reply(transaction, /[-~]> \.$/);

/** What the server says to the last command of a kind in a transcript of swaks. */
async function reply(transaction: ReturnType<typeof stranger>, command: RegExp): Promise<string> {
  const { stdout } = await transaction;
  const lines = stdout.split("\n");
  const asked = lines.findLastIndex((line) => command.test(line));
  return (lines[asked + 1] ?? stdout).replace(/^<\S+\s+/, "");
}

/** bob@peer.test, elsewhere. */
export const elsewhere = correspondent(locateCloud(root, local.name), {
  exec: (argv, options) => local.on("internet", argv, options),
});
