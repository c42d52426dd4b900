import { type HostFile, publicFile } from "../bundle";
import { asset } from "../template";

const source = asset(__dirname, "dns.py");

/** The module by which a Python program in the given folder asks the host's resolver. */
export function dnsModule(folder: string): HostFile {
  return publicFile(`${folder}/dns.py`, source);
}
