import { hashSync } from "bcryptjs";

const hashes = new Map<string, string>();

/**
 * As a stack declares a password; cheap, because it is only tried. The same each time, as in a stack's file: what is
 * declared again is no change.
 */
export function bcryptOf(password: string): string {
  const hash = hashes.get(password) ?? `{BLF-CRYPT}${hashSync(password, 10).replace(/^\$2[abx]\$/, "$2y$")}`;
  hashes.set(password, hash);
  return hash;
}
