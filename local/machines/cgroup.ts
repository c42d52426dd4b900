import { mkdir, readdir, readFile, rmdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { CloudContext } from "../context";

/**
 * Makes a machine's control groups; processes that a killed run left in them are ended.
 * @returns the directories its first process has to enter; the first is the one that holds all its processes
 */
export async function createCgroups(
  context: CloudContext,
  name: string,
  memoryMiB?: number,
): Promise<[string, ...string[]]> {
  const cgroup = join(context.cgroup, name);
  await emptyCgroup(cgroup);
  await removeCgroup(cgroup);
  await mkdir(cgroup, { recursive: true });
  if (memoryMiB === undefined) return [cgroup];

  const bytes = String(memoryMiB * 1024 * 1024);
  if (await hasController(context.cgroup, "memory")) {
    await writeFile(join(context.cgroup, "cgroup.subtree_control"), "+memory");
    await writeFile(join(cgroup, "memory.max"), bytes);
    return [cgroup];
  }
  if (!(await exists(join(memoryHierarchy, "memory.limit_in_bytes")))) return [cgroup];
  const memory = join(memoryHierarchy, context.id, name);
  await mkdir(memory, { recursive: true });
  await writeFile(join(memory, "memory.limit_in_bytes"), bytes);
  return [cgroup, memory];
}

/** Where a host keeps memory accounting that is not in its version 2 hierarchy. */
const memoryHierarchy = "/sys/fs/cgroup/memory";

/** Ends every process of a cloud and removes its control groups. */
export async function clearCgroups(context: CloudContext): Promise<void> {
  await emptyCgroup(context.cgroup);
  await removeCgroup(context.cgroup);
  await removeCgroup(join(memoryHierarchy, context.id));
}

/** Ends every process in a control group and below it, and waits until none is left. */
export async function emptyCgroup(cgroup: string): Promise<void> {
  if (!(await exists(cgroup))) return;
  await writeFile(join(cgroup, "cgroup.kill"), "1");
  while (await isPopulated(cgroup)) await delay(20);
}

export async function removeCgroups(cgroups: readonly string[]): Promise<void> {
  for (const cgroup of cgroups) await removeCgroup(cgroup);
}

/** Removes a control group and those below it; nothing happens if it isn't there, or goes meanwhile. */
export async function removeCgroup(cgroup: string): Promise<void> {
  try {
    const entries = await readdir(cgroup, { withFileTypes: true });
    for (const entry of entries) if (entry.isDirectory()) await removeCgroup(join(cgroup, entry.name));
    await rmdir(cgroup);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

async function isPopulated(cgroup: string): Promise<boolean> {
  return /^populated 1$/m.test(await readFile(join(cgroup, "cgroup.events"), "utf8").catch(() => ""));
}

async function hasController(cgroup: string, controller: string): Promise<boolean> {
  const controllers = await readFile(join(cgroup, "cgroup.controllers"), "utf8").catch(() => "");
  return controllers.trim().split(" ").includes(controller);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
