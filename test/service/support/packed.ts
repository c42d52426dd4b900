import { gunzipSync } from "node:zlib";

/** The text of what is attached to a mail, packed by gzip. @param type of the attachment */
export function attached(mail: string, type: string): string {
  const [, rest = ""] = mail.split(`Content-Type: ${type}`);
  const [, packed = ""] = /\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/.exec(rest) ?? [];
  return unpacked(packed);
}

/** @param packed by gzip, in base64 */
export const unpacked = (packed: string): string => gunzipSync(Buffer.from(packed, "base64")).toString();
