import { parseTagList, type SyntaxProblem, show } from "../tag-list";

/** What `_mta-sts.<domain>` says (RFC 8461 section 3.1). */
export interface StsRecord {
  readonly text: string;
  /** What breaks the grammar; senders then see no MTA-STS at all. */
  readonly problems: readonly SyntaxProblem[];
}

/** Whether a TXT record is there for MTA-STS, however broken: a wildcard may answer with something else. */
export function isMeantAsStsRecord(text: string): boolean {
  return /^[\s"\\]*v\s*=\s*STS/i.test(text);
}

export function parseStsRecord(text: string): StsRecord {
  const { tags, problems: broken } = parseTagList(text);
  const problems = [...broken];
  const at = (tag: string) => Math.max(0, text.search(new RegExp(`(^|[;\\s])${tag}\\s*=`)));
  const complain = (message: string, position: number) => problems.push({ position, message });

  // Senders look for just these characters (RFC 8461 section 3.1).
  if (!/^v=STSv1[ \t]*;/.test(text)) complain("the record does not begin with v=STSv1;", 0);
  const id = tags.get("id");
  if (id === undefined) complain("there is no id=", text.length);
  else if (id.length > 32) complain(`id= has ${id.length} characters, 32 are allowed`, at("id"));
  else if (!/^[A-Za-z0-9]+$/.test(id)) complain(`id= is ${show(id)}, not letters and digits alone`, at("id"));
  const spaced = /[ \t]=|=[ \t]/.exec(text);
  if (spaced) complain("there is a space beside =", spaced.index);
  return { text, problems };
}
