import { eventually } from "../../system/support/cloud";
import { bodiesBySubject } from "../../system/support/imap";
import { local } from "./server";
import { people } from "./stack";

/** The whole text of the message with a subject, once it is in one of Bob's folders, read by curl over IMAPS. */
export async function delivered(subject: string): Promise<string> {
  const inFolder = (folder: string) => bodiesBySubject(local, people.bob, subject, folder);
  const text = await eventually(
    async () => (await inFolder("INBOX"))[0] ?? (await inFolder("Junk"))[0],
    (found) => found !== undefined,
  );
  return text as string;
}

/** The header fields of a message, unfolded, each with its name in lower case. */
export function fieldsOf(text: string): string[] {
  const [head = ""] = text.split("\r\n\r\n");
  return head
    .replaceAll(/\r\n[ \t]+/g, " ")
    .split("\r\n")
    .map((field) => field.replace(/^[^:]+/, (name) => name.toLowerCase()));
}
