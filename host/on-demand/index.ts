import { type HostFile, publicFile } from "../bundle";
import { asset } from "../template";

const source = asset(__dirname, "on_demand.py");

/** The module by which a Python program in the given folder is started by its socket and ends when it is idle. */
export function onDemand(folder: string): HostFile {
  return publicFile(`${folder}/on_demand.py`, source);
}
