import { shared } from "./shared";
import { installTools } from "./tools";

let started: Promise<void> | undefined;

/**
 * Brings up the local stack as `npm start` does, once for all files of this worker, which share its process.
 * Where it can't run, each of them fails and says why: a skipped system test would look like a passed one.
 */
export function start(): Promise<void> {
  started ??= bringUp();
  return started;
}

async function bringUp(): Promise<void> {
  await installTools();
  const { code, stdout, stderr } = await shared.local(["start"], { timeout: 1_800_000 });
  if (code !== 0)
    throw new Error(`The local stack did not come up, so no system test can run:\n${stdout}${stderr}`);
}
