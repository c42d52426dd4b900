import { hashSync } from "bcryptjs";

/** As a stack declares a password; cheap, because it is only tried. */
export function bcryptOf(password: string): string {
  return `{BLF-CRYPT}${hashSync(password, 10).replace(/^\$2[abx]\$/, "$2y$")}`;
}
