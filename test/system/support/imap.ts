import { localStack } from "../../../cli/stack";
import type { Cloud } from "./cloud";

export interface Login {
  readonly user: string;
  readonly password: string;
  readonly host: string;
}

/** The local stack's mailbox. */
export const alice: Login = { ...localStack.login, host: "mx1.example.test" };

/**
 * The number of messages whose subject is given, asked by curl over IMAPS with the certificate verified.
 * The password goes in by curl's configuration on standard input, so no process list shows it.
 */
export async function countBySubject(on: Cloud, login: Login, subject: string): Promise<number> {
  return (await uidsBySubject(on, login, subject)).length;
}

/** The whole messages whose subject is given, asked as {@link countBySubject} does. */
export async function bodiesBySubject(on: Cloud, login: Login, subject: string): Promise<string[]> {
  const messages = [];
  for (const uid of await uidsBySubject(on, login, subject))
    messages.push(await fetchBy(on, login, `INBOX;UID=${uid}`));
  return messages;
}

async function uidsBySubject(on: Cloud, login: Login, subject: string): Promise<string[]> {
  const stdout = await fetchBy(on, login, "INBOX", `request = "UID SEARCH SUBJECT \\"${subject}\\""`);
  return stdout.replace("* SEARCH", "").trim().split(/\s+/).filter(Boolean);
}

async function fetchBy(on: Cloud, { host, user, password }: Login, path: string, ...more: string[]) {
  const config = [`url = "imaps://${host}/${path}"`, `user = "${user}:${password}"`, ...more].join("\n");
  const { code, stdout, stderr } = await on.internet(["curl", "--silent", "--show-error", "--config", "-"], {
    input: config,
  });
  if (code !== 0) throw new Error(`curl: exit status ${code}: ${stderr}`);
  return stdout;
}
