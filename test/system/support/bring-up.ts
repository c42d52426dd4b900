import type { Cloud } from "./cloud";
import { installTools } from "./tools";

/**
 * Brings up the local stack as `npm start` does.
 * @throws with all that was said where it can't run: a skipped system test would look like a passed one
 */
export async function bringUp(cloud: Cloud): Promise<void> {
  await installTools();
  const { code, stdout, stderr } = await cloud.local(["start"], { timeout: 1_800_000 });
  if (code !== 0)
    throw new Error(`The local stack did not come up, so no system test can run:\n${stdout}${stderr}`);
}

/** Work that is done once for all files of a worker, which share its process; where it fails, it does for each. */
export function once(work: () => Promise<void>): () => Promise<void> {
  let begun: Promise<void> | undefined;
  return () => {
    begun ??= work();
    return begun;
  };
}
