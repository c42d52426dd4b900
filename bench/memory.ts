import { setTimeout as delay } from "node:timers/promises";

/** Runs a Python program on a host. @returns what it prints */
export type Python = (source: string) => Promise<string>;

/** MiB that all processes of a host take, what they share counted once (PSS); the one that asks is left out. */
export async function usedMemory(python: Python): Promise<number> {
  return Number(await python(sumOfPss)) / 1024;
}

/**
 * As {@link usedMemory}, once the processes that the last mail has started are gone: two minutes after it has last
 * become less. Postfix's wait 100 seconds for more.
 */
export async function idleMemory(python: Python): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  let since = Date.now();
  while (Date.now() - since < 120_000) {
    const used = await usedMemory(python);
    if (used < least - 1) since = Date.now();
    least = Math.min(least, used);
    await delay(5_000);
  }
  return least;
}

const sumOfPss = `
import glob, os
total = 0
for path in glob.glob("/proc/[0-9]*/smaps_rollup"):
    if path.split("/")[2] == str(os.getpid()):
        continue
    try:
        total += sum(int(line.split()[1]) for line in open(path) if line.startswith("Pss:"))
    except OSError:
        pass
print(total)
`;
