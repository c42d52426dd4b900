/**
 * Breaks a line at its spaces. What is in quotes, and a word longer than the line, stays whole: a record that is copied
 * from a terminal has no breaks of ours in it.
 * @param columns infinite for no breaks
 */
export function wrap(line: string, columns: number): string[] {
  const text = line.trimEnd();
  if (displayWidth(text) <= columns) return [text];
  const margin = /^ */.exec(text)?.[0] ?? "";
  const lines: string[] = [];
  let current = "";
  let used = 0;
  for (const word of text.match(/(?:"[^"]*"|[^ ])+/g) ?? []) {
    const size = displayWidth(word);
    if (current && margin.length + used + 1 + size > columns) {
      lines.push(margin + current);
      current = "";
      used = 0;
    }
    used += size + (current ? 1 : 0);
    current = current ? `${current} ${word}` : word;
  }
  return [...lines, margin + current];
}

/** Columns that a terminal needs for it. */
export function displayWidth(text: string): number {
  let columns = 0;
  for (const character of text) columns += zero.test(character) ? 0 : double.test(character) ? 2 : 1;
  return columns;
}

const zero = /[\p{Mn}\p{Me}]/u;
/** East Asian Wide (UAX #11): the scripts, their punctuation and full-width forms, and emoji. */
const double =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;
