import type { Subject } from "../subject";
import { parseTagList } from "../tag-list";
import type { Signature } from "./signatures";

/**
 * Whether a signature's key is at fault as published, and a check that knows of the selector tells so: there is none,
 * it is revoked, or it is not what the stack declares.
 */
export async function unsound(subject: Subject, { selector, domain }: Signature): Promise<boolean> {
  const name = `${selector}._domainkey.${domain}`;
  const declared = subject.expected?.records.find((record) => record.name === name && record.type === "TXT");
  if (!declared && !subject.dkimSelectors.includes(selector)) return false;
  const { records } = await subject.dns.query(name, "TXT");
  const values = records.map(({ value }) => value);
  if (declared && !values.includes(declared.value)) return true;
  return values.every((value) => parseTagList(value).tags.get("p") === "");
}
