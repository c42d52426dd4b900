import type { Login } from "../../system/support/imap";
import { local } from "./server";

/** swaks as a mailbox's owner on 465, the certificate verified; the password is read from standard input. */
export function submit({ user, password, host }: Login, ...args: string[]) {
  const server = ["--server", host, "--port", "465", "--tls-on-connect", "--tls-verify", "--timeout", "120"];
  return local.internet(
    ["swaks", ...server, "--auth-user", user, "--protect-prompt", "--from", user, ...args, "--auth-password"],
    { input: `${password}\n` },
  );
}
