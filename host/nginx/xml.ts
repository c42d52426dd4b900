/** A text as XML has it, in an element or a quoted attribute (XML 1.0 section 2.4). */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
