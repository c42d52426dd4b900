import { domainOf, lower } from "../addresses";
import { type HostFile, type HostPart, part, publicFile } from "../bundle";
import type { HostDeclaration } from "../declaration";
import { asset } from "../template";

const source = asset(__dirname, "letters.py");

/** Who writes to whom when the host itself writes mail, and what users are called. Read for each mail. */
export function renderLetters({
  hostname,
  postmaster,
  mailboxes,
}: Pick<HostDeclaration, "hostname" | "postmaster" | "mailboxes">): HostPart {
  return part("letters", {
    files: [
      publicFile(
        "/etc/mailserver/letters.json",
        `${JSON.stringify({
          hostname,
          postmaster,
          // Of a domain whose mail is signed.
          sender: `root@${domainOf(postmaster)}`,
          displayNames: Object.fromEntries(
            mailboxes.flatMap(({ address, displayName }) =>
              displayName === undefined ? [] : [[lower(address), displayName]],
            ),
          ),
        })}\n`,
      ),
    ],
  });
}

/** The module by which a Python program in the given folder writes mail. */
export function letters(folder: string): HostFile {
  return publicFile(`${folder}/letters.py`, source);
}
