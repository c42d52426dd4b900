import { type HostFile, type HostPart, part, publicFile } from "../bundle";
import type { HostDeclaration } from "../declaration";
import { asset } from "../template";

const source = asset(__dirname, "letters.py");

/** Who writes to whom when the host itself writes mail. Each mail is written by what is declared then. */
export function renderLetters({
  hostname,
  postmaster,
}: Pick<HostDeclaration, "hostname" | "postmaster">): HostPart {
  return part("letters", {
    files: [
      publicFile(
        "/etc/mailserver/letters.json",
        `${JSON.stringify({
          hostname,
          postmaster,
          // Of a domain whose mail is signed.
          sender: `root@${postmaster.slice(postmaster.lastIndexOf("@") + 1)}`,
        })}\n`,
      ),
    ],
  });
}

/** The module by which a Python program in the given folder writes mail. */
export function letters(folder: string): HostFile {
  return publicFile(`${folder}/letters.py`, source);
}
