import { expect } from "vitest";
import type { RunResult } from "../../../local/run";
import type { Login } from "../../system/support/imap";
import { local } from "./server";

/** What swaks says of a message from a stranger, on port 25, whose name and SPF record are right. */
export function deliver(to: string, subject: string, ...options: readonly string[]): Promise<RunResult> {
  const from = ["--from", "someone@stranger.test", "--helo", "stranger.test"];
  return swaks([...from, "--to", to], subject, options);
}

/** What swaks says of a message that a user submits on 465. */
export function submit(
  from: Login,
  to: string,
  subject: string,
  ...options: readonly string[]
): Promise<RunResult> {
  const login = ["--auth", "PLAIN", "--auth-user", from.user, "--auth-password", from.password];
  const server = ["--server", from.host, "--tls-on-connect", "--port", "465", ...login];
  return swaks([...server, "--from", from.user, "--to", to], subject, options);
}

/** Fails where the message was not accepted. */
export async function accepted(message: Promise<RunResult>): Promise<void> {
  const { code, stdout, stderr } = await message;
  expect(code, `${stdout}${stderr}`).toBe(0);
}

function swaks(where: readonly string[], subject: string, options: readonly string[]): Promise<RunResult> {
  return local.internet(["swaks", ...where, "--header", `Subject: ${subject}`, ...options]);
}
