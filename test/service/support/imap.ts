import { join } from "node:path";
import { program } from "../../../local/program";
import type { Login } from "../../system/support/imap";
import type { Session } from "./imap-session";
import { local } from "./server";

/** What imapflow's methods return, called in one session of a user. */
export async function imap(login: Login, ...steps: Session["steps"]): Promise<unknown[]> {
  const input = JSON.stringify({ ...login, steps } satisfies Session);
  const { code, stdout, stderr } = await local.internet(program(join(__dirname, "imap-session.ts")), {
    input,
  });
  if (code !== 0) throw new Error(`imapflow: exit status ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

/** The subjects of the messages in a folder, oldest first. */
export async function subjects(login: Login, folder = "INBOX"): Promise<string[]> {
  const [, messages] = await imap(login, ["mailboxOpen", folder], ["fetchAll", "1:*", { envelope: true }]);
  return (messages as { envelope: { subject: string } }[]).map(({ envelope }) => envelope.subject);
}
