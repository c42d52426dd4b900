import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { CloudContext } from "../context";
import type { RunningMachine } from "../machines/nspawn";
import { peerDomain } from "./exim";
import { internetState } from "./state";
import { headerField, type Verdicts, verdictsOf } from "./verdicts";

/** The correspondent's address. */
export const correspondentAddress = `bob@${peerDomain}`;

export interface Correspondent {
  /**
   * Hands a message to the correspondent's mail server, which signs it, finds the recipient's MX and sends it.
   * @returns the Message-ID, with its angle brackets; the message may still be under way
   */
  send(message: OutgoingMessage): Promise<string>;
  /**
   * Waits for a message to arrive in the correspondent's mailbox.
   * @throws if none has come within the time
   */
  received(wanted: WantedMessage): Promise<ReceivedMessage>;
}

export interface OutgoingMessage {
  /** @default bob@peer.test */
  readonly from?: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

export interface WantedMessage {
  readonly subject?: string;
  /** With its angle brackets. */
  readonly messageId?: string;
  /** Milliseconds. @default 60 000 */
  readonly timeout?: number;
}

export interface ReceivedMessage {
  /** The message as it was delivered. */
  readonly raw: string;
  readonly verdicts: Verdicts;
}

/**
 * The correspondent, bob@peer.test.
 * @param machine the internet machine; another process than the one that started it may bring its own way in
 */
export function correspondent(context: CloudContext, machine: Pick<RunningMachine, "exec">): Correspondent {
  return {
    send: async ({ from = correspondentAddress, to, subject, body }) => {
      const messageId = `<${randomUUID()}@${peerDomain}>`;
      const header = [`From: ${from}`, `To: ${to}`, `Subject: ${subject}`, `Message-ID: ${messageId}`];
      await machine.exec(["sendmail", "-i", "-f", from, to], { input: [...header, "", body, ""].join("\n") });
      return messageId;
    },
    received: (wanted) => waitFor(join(internetState(context).mail, "new"), wanted),
  };
}

async function waitFor(
  folder: string,
  { subject, messageId, timeout = 60_000 }: WantedMessage,
): Promise<ReceivedMessage> {
  const end = Date.now() + timeout;
  const seen = new Set<string>();
  while (Date.now() < end) {
    for (const file of await readdir(folder).catch(() => [])) {
      if (seen.has(file)) continue;
      seen.add(file);
      const raw = await readFile(join(folder, file), "utf8");
      if (subject !== undefined && headerField(raw, "Subject") !== subject) continue;
      if (messageId !== undefined && headerField(raw, "Message-ID") !== messageId) continue;
      return { raw, verdicts: verdictsOf(raw) };
    }
    await delay(100);
  }
  throw new Error(
    `${correspondentAddress} received no message ${JSON.stringify(subject ?? messageId)} within ${timeout / 1000} s.`,
  );
}
