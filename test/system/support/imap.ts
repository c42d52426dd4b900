import { localStack } from "../../../cli/stack";
import type { Cloud } from "./cloud";

export interface Login {
  readonly user: string;
  readonly password: string;
  readonly host: string;
}

/** The local stack's mailbox. */
export const alice: Login = { ...localStack.login, host: "mx1.example.test" };

/** The number of messages in the inbox whose subject is given. */
export async function countBySubject(on: Cloud, login: Login, subject: string): Promise<number> {
  return (await uidsBySubject(on, login, "INBOX", subject)).length;
}

/** The whole messages in a folder whose subject is given. */
export async function bodiesBySubject(
  on: Cloud,
  login: Login,
  subject: string,
  folder = "INBOX",
): Promise<string[]> {
  const messages = [];
  for (const uid of await uidsBySubject(on, login, folder, subject))
    messages.push(await curl(on, login, `${folder};UID=${uid}`));
  return messages;
}

/** The number of messages in the inbox that have a text somewhere, as a bounce has in its body what came back. */
export async function countByText(on: Cloud, login: Login, text: string): Promise<number> {
  return found(await curl(on, login, "INBOX", `request = "UID SEARCH TEXT \\"${text}\\""`)).length;
}

/**
 * The UIDs in what a server answers to UID SEARCH. curl shows every untagged response of the time, so also the
 * EXISTS of a message that arrives just then.
 */
export const found = (responses: string): string[] =>
  [...responses.matchAll(/^\* SEARCH(.*)$/gm)].flatMap(([, uids = ""]) => uids.split(/\s+/).filter(Boolean));

const uidsBySubject = async (on: Cloud, login: Login, folder: string, subject: string) =>
  found(await curl(on, login, folder, `request = "UID SEARCH SUBJECT \\"${subject}\\""`));

/**
 * Asks over IMAPS with the certificate verified. The password goes in by curl's configuration on standard input, so
 * no process list shows it.
 */
async function curl(on: Cloud, { host, user, password }: Login, path: string, ...more: string[]) {
  const input = [`url = "imaps://${host}/${path}"`, `user = "${user}:${password}"`, ...more].join("\n");
  const { code, stdout, stderr } = await on.internet(["curl", "--silent", "--show-error", "--config", "-"], {
    input,
  });
  if (code !== 0) throw new Error(`curl: exit status ${code}: ${stderr}`);
  return stdout;
}
