import { type DnsRecord, HOUR } from "./record";

/** A TXT record that says `text`. */
export function txtRecord(name: string, text: string): DnsRecord {
  return { name, type: "TXT", ttl: HOUR, content: quoteTxt(text) };
}

/** A character-string holds at most 255 bytes (RFC 1035 section 3.3.14). */
const MAX_STRING = 255;

/** What Cloudflare takes for one TXT record, all strings together. */
const MAX_TEXT = 4096;

/**
 * Writes a text as quoted character-strings, `"first 255 bytes" "the rest"`, with `"` and `\` escaped. It is the form
 * in which Cloudflare hands TXT contents back; any other one shows up as a change on every run
 * (cloudflare/terraform-provider-cloudflare#6238, #5351).
 *
 * @param text printable ASCII, at most 4096 characters
 * @throws RangeError for other characters or a longer text
 */
export function quoteTxt(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) {
    throw new RangeError(`a TXT record takes printable ASCII only, got ${JSON.stringify(text)}`);
  }
  if (text.length > MAX_TEXT) {
    throw new RangeError(`a TXT record takes at most ${MAX_TEXT} characters, got ${text.length}`);
  }
  return chunks(text)
    .map((chunk) => `"${chunk.replace(/["\\]/g, "\\$&")}"`)
    .join(" ");
}

function chunks(text: string): string[] {
  const count = Math.max(1, Math.ceil(text.length / MAX_STRING));
  return Array.from({ length: count }, (_, i) => text.slice(i * MAX_STRING, (i + 1) * MAX_STRING));
}
