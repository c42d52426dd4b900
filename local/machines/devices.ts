import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Bind, RunningMachine } from "./nspawn";
import { volumeByIdName } from "./volumes";

/** A volume as one guest has it: an NVMe device, as on Nitro. The first is `nvme1`; `nvme0` would be the root disk. */
export interface AttachedVolume {
  readonly id: string;
  /** The loop device on the host. */
  readonly device: string;
  readonly index: number;
}

/** The device's names in a guest that is to boot with it. The loop's own name is the one that the kernel mounts by. */
export function deviceBinds(volume: AttachedVolume): Bind[] {
  const { kernel, nvme, byId } = names(volume);
  return [kernel, nvme, byId].map((target) => ({ source: volume.device, target }));
}

/** Makes the device appear in a running guest. There is no udev in it that would. */
export async function plug(machine: RunningMachine, volume: AttachedVolume): Promise<void> {
  const { kernel, nvme, byId } = names(volume);
  await machine.exec(["sh", "-euc", plugScript, "plug", kernel, nvme, byId, await numberOf(volume)]);
}

const plugScript = `
kernel=$1 nvme=$2 by_id=$3 number=$4
mkdir -p "$(dirname "$by_id")"
[ -e "$nvme" ] || mknod -m 600 "$nvme" b \${number%:*} \${number#*:}
ln -sf "../../$(basename "$nvme")" "$by_id"
[ -e "$kernel" ] || ln -s "$(basename "$nvme")" "$kernel"
`;

/**
 * Takes the device away from a running guest.
 * @throws if the guest has it mounted
 */
export async function unplug(machine: RunningMachine, volume: AttachedVolume): Promise<void> {
  const number = await numberOf(volume);
  const mounts = await readFile(`/proc/${machine.leader}/mountinfo`, "utf8");
  const mounted = mounts.split("\n").map((line) => line.split(" "));
  const at = mounted.find((fields) => fields[2] === number)?.[4];
  if (at) {
    throw new Error(
      `The volume ${volume.id} is mounted at ${at} in ${machine.name}: unmount it there or stop the instance before it is detached.`,
    );
  }
  const { kernel, nvme, byId } = names(volume);
  await machine.exec(["sh", "-euc", unplugScript, "unplug", kernel, nvme, byId]);
}

/** A device that was there at boot is a mount. */
const unplugScript = `
for name; do
  if mountpoint -q "$name"; then umount "$name"; fi
  rm -f "$name"
done
`;

function names({ id, device, index }: AttachedVolume) {
  return {
    kernel: `/dev/${basename(device)}`,
    nvme: `/dev/nvme${index}n1`,
    byId: `/dev/disk/by-id/${volumeByIdName(id)}`,
  };
}

/** The block device's number, `major:minor`. */
async function numberOf({ device }: AttachedVolume): Promise<string> {
  return (await readFile(`/sys/class/block/${basename(device)}/dev`, "utf8")).trim();
}
