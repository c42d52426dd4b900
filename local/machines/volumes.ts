import { mkdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CloudContext } from "../context";
import { run } from "../run";
import type { Volumes } from "../world";

/** Volumes as sparse files, seen by machines through loop devices. */
export interface CloudVolumes extends Volumes {
  /** The loop device of a volume, connected now if it wasn't yet. */
  device(id: string): Promise<string>;
}

export function openVolumes(context: CloudContext): CloudVolumes {
  const dir = volumesDir(context);
  const file = (id: string) => join(dir, `${id}.img`);

  return {
    create: async (id, sizeGiB) => {
      await mkdir(dir, { recursive: true });
      if (await exists(file(id))) return;
      await writeFile(file(id), "", { mode: 0o600 });
      await truncate(file(id), bytes(sizeGiB));
    },

    grow: async (id, sizeGiB) => {
      await truncate(file(id), bytes(sizeGiB));
      const device = await loopOf(file(id));
      if (device) await run(["losetup", "--set-capacity", device]);
    },

    delete: async (id) => {
      const device = await loopOf(file(id));
      if (device) await run(["losetup", "--detach", device]);
      await rm(file(id), { force: true });
    },

    device: async (id) => {
      const { stdout } = await run(["losetup", "--find", "--show", "--nooverlap", file(id)]);
      return stdout.trim();
    },
  };
}

export function volumesDir(context: CloudContext): string {
  return join(context.dir, "volumes");
}

/** The name by which a guest finds a volume, whatever its place on the bus (amazon-ec2-utils' udev rules). */
export function volumeByIdName(id: string): string {
  return `nvme-Amazon_Elastic_Block_Store_${id.replace("-", "")}`;
}

async function loopOf(file: string): Promise<string | undefined> {
  const { stdout } = await run(["losetup", "--noheadings", "--output", "NAME", "--associated", file]);
  return stdout.split("\n")[0]?.trim() || undefined;
}

function bytes(sizeGiB: number): number {
  return sizeGiB * 1024 ** 3;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
