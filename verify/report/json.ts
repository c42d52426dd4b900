import type { Report } from "../report";

/**
 * One report is an object, several are an array. Whatever a terminal would obey is escaped, so it may be read there
 * too; a parser gives the very strings back.
 */
export function json(reports: readonly Report[]): string {
  const [only, ...more] = reports;
  const text = JSON.stringify(more.length === 0 && only ? only : reports, null, 2);
  // JSON.stringify escapes C0 and lone surrogates; everything else that is not ASCII stands in strings only.
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu, (character) =>
    character === "\n" ? "\n" : escaped(character),
  );
}

function escaped(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
