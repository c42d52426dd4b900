import fc from "fast-check";

/** Texts of printable ASCII, quotes and backslashes among them more often than chance would have it. */
export const printable = (constraints: fc.StringConstraints) =>
  fc.string({
    ...constraints,
    unit: fc.oneof(
      fc.constantFrom('"', "\\", " ", ";"),
      fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    ),
  });

/** Reads character-strings in presentation format (RFC 1035 section 5.1), one character at a time. */
export function unquote(content: string): string[] {
  const strings: string[] = [];
  let current: string | undefined;
  for (let i = 0; i < content.length; i++) {
    const char = content.charAt(i);
    if (current === undefined) {
      if (char === '"') current = "";
      else if (char !== " " || content.charAt(i + 1) !== '"') throw new Error(`stray ${char} at ${i}`);
    } else if (char === "\\") {
      current += content.charAt(++i);
    } else if (char === '"') {
      strings.push(current);
      current = undefined;
    } else {
      current += char;
    }
  }
  if (current !== undefined) throw new Error("a string is not closed");
  return strings;
}
