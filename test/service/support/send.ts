import { expect } from "vitest";
import type { RunResult } from "../../../local/run";
import type { Login } from "../../system/support/imap";
import { local } from "./server";
import { submit as submitWith } from "./submit";

/** What swaks says of a message from a stranger, on port 25, whose name and SPF record are right. */
export function deliver(to: string, subject: string, ...options: readonly string[]): Promise<RunResult> {
  const from = ["--from", "someone@stranger.test", "--helo", "stranger.test"];
  return local.internet(["swaks", ...from, "--to", to, "--header", `Subject: ${subject}`, ...options]);
}

/** What swaks says of a message that a user submits on 465. */
export function submit(
  from: Login,
  to: string,
  subject: string,
  ...options: readonly string[]
): Promise<RunResult> {
  return submitWith(from, "--to", to, "--header", `Subject: ${subject}`, ...options);
}

/** Fails where the message was not accepted. */
export async function accepted(message: Promise<RunResult>): Promise<void> {
  const { code, stdout, stderr } = await message;
  expect(code, `${stdout}${stderr}`).toBe(0);
}
