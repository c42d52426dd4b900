import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cloud, root } from "./cloud";

/** A file here is a local cloud's name that a worker has taken. */
const claims = join(root, ".local/claims");

/**
 * The first free one of NAME-1, NAME-2 and so on, taken for as long as this test run lasts. The number that vitest
 * gives its workers (VITEST_POOL_ID) is no name for them: at the border of two groups two have the same.
 */
export function claim(name: string, folder = claims): string {
  mkdirSync(folder, { recursive: true });
  for (let i = 1; ; i++) {
    const free = `${name}-${i}`;
    try {
      writeFileSync(join(folder, free), "", { flag: "wx" });
      return free;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** Ends the clouds whose names were claimed, in this run or in one that was killed, and removes what they left. */
export async function removeClaimed(name: string): Promise<void> {
  mkdirSync(claims, { recursive: true });
  for (const taken of readdirSync(claims).filter((file) => file.startsWith(`${name}-`))) {
    const down = await cloud(taken).local(["down"]);
    if (down.code !== 0) throw new Error(`down: ${down.stdout}${down.stderr}`);
    rmSync(join(claims, taken));
  }
}
