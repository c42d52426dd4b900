import { type HostPart, part, publicFile } from "../bundle";

/** The machine itself: its name. */
export function renderSystem(hostname: string): HostPart {
  return part("system", {
    files: [publicFile("/etc/hostname", `${hostname}\n`)],
    prepare: [["hostname", "-F", "/etc/hostname"]],
  });
}
