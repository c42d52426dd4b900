import { readdirSync } from "node:fs";
import { type HostFile, publicFile } from "./bundle";
import { asset } from "./template";

/**
 * The modules of a Python program, for a folder of the host.
 * @param source the folder that they are in here
 */
export function pythonModules(source: string, folder: string): readonly HostFile[] {
  return readdirSync(source)
    .filter((name) => name.endsWith(".py"))
    .sort()
    .map((name) => publicFile(`${folder}/${name}`, asset(source, name)));
}
