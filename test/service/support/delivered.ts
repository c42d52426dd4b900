import { eventually } from "../../system/support/cloud";
import { local } from "./server";
import { people } from "./stack";

/** The whole text of the message with a subject, once it is in one of Bob's folders, read by curl over IMAPS. */
export async function delivered(subject: string): Promise<string> {
  const found = await eventually(
    async () => (await find("INBOX", subject)) ?? (await find("Junk", subject)),
    (text) => text !== undefined,
  );
  return found as string;
}

/** The header fields of a message, unfolded, each with its name in lower case. */
export function fieldsOf(text: string): string[] {
  const [head = ""] = text.split("\r\n\r\n");
  return head
    .replaceAll(/\r\n[ \t]+/g, " ")
    .split("\r\n")
    .map((field) => field.replace(/^[^:]+/, (name) => name.toLowerCase()));
}

async function find(folder: string, subject: string): Promise<string | undefined> {
  const found = await imap(folder, `request = "UID SEARCH SUBJECT \\"${subject}\\""`);
  const uid = /\* SEARCH (\d+)/.exec(found)?.[1];
  return uid === undefined ? undefined : imap(`${folder};UID=${uid}`);
}

async function imap(path: string, request = ""): Promise<string> {
  const { host, user, password } = people.bob;
  const input = `url = "imaps://${host}/${path}"\nuser = "${user}:${password}"\n${request}\n`;
  const { code, stdout, stderr } = await local.internet(
    ["curl", "--silent", "--show-error", "--config", "-"],
    { input },
  );
  if (code !== 0) throw new Error(`curl: exit status ${code}: ${stderr}`);
  return stdout;
}
