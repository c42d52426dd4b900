import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { CloudContext } from "../context";
import { pulumiBackend } from "./environment";

/**
 * Removes the locks on stacks that belong to no process any more: a Pulumi command that was killed leaves its lock,
 * and every later one would refuse to run. Locks of commands that run stay.
 * @returns whether there were any, so that the state may not be what the cloud has
 */
export async function removeStaleLocks(context: CloudContext): Promise<boolean> {
  const dir = join(pulumiBackend(context), ".pulumi", "locks");
  let removed = false;
  const names = await readdir(dir, { recursive: true }).catch(() => []);
  for (const file of names.filter((name) => name.endsWith(".json")).map((name) => join(dir, name))) {
    const { pid } = JSON.parse(await readFile(file, "utf8")) as { pid: number };
    if (isRunning(pid)) continue;
    await rm(`${file}.attrs`, { force: true });
    await rm(file);
    removed = true;
  }
  return removed;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
