import { domainOf } from "../addresses";
import { type HostFile, publicFile } from "../bundle";
import type { HostDeclaration } from "../declaration";
import { letters } from "../letters";
import { asset } from "../template";

const source = asset(__dirname, "reporting.py");

/** The modules by which a Python program in the given folder reports to other domains. */
export function reporting(folder: string): readonly HostFile[] {
  return [publicFile(`${folder}/reporting.py`, source), letters(folder)];
}

/** Who reports: the postmaster's domain, whose mail is signed. */
export function reporter({ hostname, postmaster }: Pick<HostDeclaration, "hostname" | "postmaster">) {
  const organization = domainOf(postmaster);
  return { hostname, organization, sender: `postmaster@${organization}` };
}
