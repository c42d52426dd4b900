import { rm } from "node:fs/promises";
import { sep } from "node:path";
import type { CloudContext } from "./context";
import { clearCgroups } from "./machines/cgroup";
import { removeNamespaces } from "./network/namespaces";
import { run } from "./run";

/**
 * Ends and removes all that a cloud has on this machine besides its state on disk, however its last run ended:
 * processes, control groups, network namespaces with what is plugged into them, loop devices, sockets. Mounts end
 * with the processes whose namespaces they are in. Nothing happens if nothing is left.
 *
 * The caller must not be in the cloud's control group itself.
 */
export async function clear(context: CloudContext): Promise<void> {
  await clearCgroups(context);
  await removeNamespaces(context);
  await detachLoops(context.dir);
  await rm(context.runDir, { recursive: true, force: true });
}

async function detachLoops(dir: string): Promise<void> {
  const { stdout } = await run(["losetup", "--list", "--json", "--output", "NAME,BACK-FILE"]);
  // Without any loop device the answer is empty.
  const { loopdevices } = JSON.parse(stdout || '{ "loopdevices": [] }') as {
    loopdevices: { name: string; "back-file": string | null }[];
  };
  for (const loop of loopdevices) {
    if (loop["back-file"]?.startsWith(dir + sep)) await run(["losetup", "--detach", loop.name]);
  }
}
