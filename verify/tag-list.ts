/** A place in a record that breaks its grammar. */
export interface SyntaxProblem {
  /** Characters before it, from 0. */
  readonly position: number;
  /** For an operator, with the text as it stands. */
  readonly message: string;
}

/** Values by tag name, in the order of the record; of a name given twice the first. */
export interface TagList {
  readonly tags: ReadonlyMap<string, string>;
  readonly problems: readonly SyntaxProblem[];
}

/** Parses `name=value; name=value` (RFC 6376 section 3.2), which DKIM keys and DMARC policies are written in. */
export function parseTagList(text: string): TagList {
  const tags = new Map<string, string>();
  const problems: SyntaxProblem[] = [];
  const specs = text.split(";");
  let start = 0;
  for (const [index, spec] of specs.entries()) {
    const last = index === specs.length - 1;
    const position = start + spec.search(/[^ \t\r\n]|$/);
    // A semicolon may end the list too.
    if (!(last && index > 0 && trim(spec) === "")) read(spec, position);
    start += spec.length + 1;
  }
  return { tags, problems };

  function read(spec: string, position: number): void {
    const complain = (message: string, at = position) => problems.push({ position: at, message });
    const shown = show(trim(spec));
    const strange = /[^\x20-\x7e\t\r\n]/u.exec(spec);
    if (strange)
      complain(`${character(strange[0])} in ${shown} is not printable ASCII`, start + strange.index);
    const [, name, rest = ""] = /^[ \t\r\n]*([A-Za-z]\w*)[ \t\r\n]*=(.*)$/s.exec(spec) ?? [];
    if (name === undefined) {
      const empty = trim(spec) === "";
      if (!strange) complain(empty ? "there is nothing before a semicolon" : `${shown} is no tag=value`);
      return;
    }
    const value = trim(rest);
    if (tags.has(name)) complain(`the tag ${name}= is there twice`);
    else tags.set(name, value);
  }
}

/** A value for people: of a long one the beginning, and that a semicolon may be missing where it looks like that. */
export function show(value: string): string {
  const quoted = JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  return /\s[a-z]+\s*=/i.test(value) ? `${quoted} (is a semicolon missing in it?)` : quoted;
}

/**
 * Without the folding white space of RFC 6376 section 2.8 around it: `String.trim` would take a no-break space too, and
 * a regular expression for the end is slow on much white space.
 */
function trim(text: string): string {
  let end = text.length;
  while (end > 0 && " \t\r\n".includes(text.charAt(end - 1))) end--;
  return text.slice(0, end).replace(/^[ \t\r\n]+/, "");
}

function character(found: string): string {
  return `the character U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** A TXT record as a zone file has it, in strings of at most 255 octets (RFC 1035 section 3.3.14). */
export function txtLine(name: string, value: string): string {
  const strings = value.match(/.{1,255}/gs) ?? [""];
  return `${name}. TXT ${strings.map((string) => `"${string.replace(/["\\]/g, "\\$&")}"`).join(" ")}`;
}

/** The problems of a text in its order, a line each; of very many the first. */
export function problemLines(problems: readonly SyntaxProblem[]): string {
  const lines = [...problems]
    .sort((a, b) => a.position - b.position)
    .map(({ position, message }) => `at character ${position + 1}: ${message}`);
  return firstOf(lines, 10).join("\n");
}

/** The first lines, and how many more there are: what strangers publish may be long. */
export function firstOf(lines: readonly string[], limit: number): readonly string[] {
  return lines.length > limit ? [...lines.slice(0, limit), `and ${lines.length - limit} more`] : lines;
}
