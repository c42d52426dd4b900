import { type HostPart, part, publicFile } from "../bundle";
import { asset } from "../template";

const inotify = asset(__dirname, "inotify.conf");

/** The machine itself: its name, and what its kernel allows. */
export function renderSystem(hostname: string): HostPart {
  return part("system", {
    files: [
      publicFile("/etc/hostname", `${hostname}\n`),
      publicFile("/etc/sysctl.d/60-mailserver.conf", inotify),
    ],
    prepare: [
      ["hostname", "-F", "/etc/hostname"],
      // Where the kernel is another's, as in a container, the unit does nothing.
      ["systemctl", "restart", "systemd-sysctl.service"],
    ],
  });
}
