/**
 * The form in which Cloudflare keeps a TXT record: quoted strings of at most 255 bytes with one space between. Text
 * given in another form comes back in this one, which a stack then shows as a change at every update.
 * https://developers.cloudflare.com/dns/manage-dns-records/reference/dns-record-types/#txt
 * @returns undefined if the quotes do not pair up
 */
export function normalizeTxt(content: string): string | undefined {
  const strings = content.startsWith('"') ? quotedStrings(content) : [Buffer.from(content)];
  return strings
    ?.flatMap(chunks)
    .map((chunk) => `"${escaped(chunk)}"`)
    .join(" ");
}

/** The strings of RFC 1035 section 5.1, with `\"`, `\\` and `\DDD` resolved. */
function quotedStrings(content: string): Buffer[] | undefined {
  const quoted = /\s*"((?:[^"\\]|\\\d{3}|\\[^\d])*)"\s*/gy;
  const strings: Buffer[] = [];
  let end = 0;
  for (const match of content.matchAll(quoted)) {
    strings.push(unescaped(match[1] ?? ""));
    end = match.index + match[0].length;
  }
  return end === content.length ? strings : undefined;
}

function unescaped(text: string): Buffer {
  const parts = text.match(/\\\d{3}|\\.|[^\\]+/gs) ?? [];
  return Buffer.concat(
    parts.map((part) => {
      if (/^\\\d{3}$/.test(part)) return Buffer.from([Number(part.slice(1)) % 256]);
      return Buffer.from(part.startsWith("\\") ? part.slice(1) : part);
    }),
  );
}

function escaped(bytes: Buffer): string {
  return [...bytes]
    .map((byte) => {
      if (byte < 0x20 || byte > 0x7e) return `\\${String(byte).padStart(3, "0")}`;
      const character = String.fromCharCode(byte);
      return character === '"' || character === "\\" ? `\\${character}` : character;
    })
    .join("");
}

function chunks(bytes: Buffer): Buffer[] {
  const count = Math.max(1, Math.ceil(bytes.length / 255));
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * 255, (index + 1) * 255));
}
