import { setTimeout as delay } from "node:timers/promises";
import { internet } from "../context";
import type { RunningMachine } from "../machines/nspawn";
import { mailDir, queueDir } from "./exim";
import type { MachineFiles } from "./files";
import { knotDir } from "./knot";

const ipv4 = [
  internet.machine,
  internet.acme,
  internet.peer,
  ...internet.nameservers,
  internet.resolver,
  internet.mirror,
];

const { cloud, vpcPool, ...hosts } = internet.ipv6;
const ipv6 = [hosts.machine, hosts.acme, hosts.peer, ...hosts.nameservers, hosts.resolver];

/** What the internet machine needs besides its servers. */
export const machineFiles: MachineFiles = {
  "/etc/systemd/network/ens5.network": `
[Match]
Name=ens5

[Network]
${ipv4.map((address) => `Address=${address}/24`).join("\n")}
${ipv6.map((address) => `Address=${address}/64`).join("\n")}
LinkLocalAddressing=no
IPv6AcceptRA=no
IPv6DuplicateAddressDetection=0

[Route]
Destination=${vpcPool}
Gateway=${cloud}
`,
  // The numbers of users can differ from the image that wrote these the last time.
  "/etc/tmpfiles.d/internet.conf": `
Z ${knotDir} - knot knot
Z ${queueDir} - Debian-exim Debian-exim
z /etc/exim4/*.key 0640 root Debian-exim
d ${mailDir} 0755 mail mail
`,
  "/etc/systemd/system/multi-user.target.d/internet.conf":
    "[Unit]\nWants=pebble.service pebble-ipv6.socket\n",
};

/**
 * Waits until a machine has started all it starts at boot.
 * @throws if something failed to start, or the machine ended; the message has what the failed units said
 */
export async function waitUntilStarted(machine: RunningMachine): Promise<void> {
  let end: string | undefined;
  void machine.ended.then((how) => {
    end = how;
  });
  while (!end) {
    const { stdout } = await machine.exec(["systemctl", "is-system-running", "--wait"], {
      accept: [0, 1, 4],
      timeout: 120_000,
    });
    const state = stdout.trim();
    if (state === "running") return;
    // Nothing, or "offline", until systemd listens.
    if (state && state !== "offline") {
      const failed = await machine.exec(["sh", "-c", "systemctl --failed; journalctl --lines=40 --no-pager"]);
      throw new Error(`The machine ${machine.name} did not start well, it is ${state}:\n${failed.stdout}`);
    }
    await delay(20);
  }
  throw new Error(
    `The machine ${machine.name} ended while it started: ${end}. Its console: ${machine.console}`,
  );
}
