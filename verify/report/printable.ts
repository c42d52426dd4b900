/**
 * Evidence comes from strangers' servers, and what shows it obeys some characters: a terminal its escape sequences, a
 * browser marks that turn the direction of writing, XML forbids many. Those are shown by their code points instead.
 * Line feeds and tabs stay; CR LF becomes LF.
 */
export function printable(text: string): string {
  return text
    .replace(/\r\n/g, "\n")
    .replace(obeyed, (character) => (/[\n\t]/.test(character) ? character : name(character)));
}

/** Control, format (bidi marks, zero width), lone surrogates, private use, line separators, and no characters at all. */
const obeyed = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/** As Unicode writes code points. */
function name(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}

/** @param limit characters, beyond which it says how many were left out */
export function shortened(text: string, limit: number): string {
  const characters = [...text.slice(0, 2 * limit)].slice(0, limit).join("");
  return characters.length === text.length
    ? text
    : `${characters}… (${text.length - characters.length} more characters)`;
}
