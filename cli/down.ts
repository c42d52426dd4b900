import { rm } from "node:fs/promises";
import { clear } from "../local/clear";
import type { CloudContext } from "../local/context";
import { findSession } from "./session";

/** Ends and removes all that a local cloud has on this machine, its state too; the cache stays. */
export async function down(context: CloudContext): Promise<void> {
  const session = await findSession(context);
  if (session && !session.status.machines) await session.control.stop();
  else if (process.platform === "linux" && process.getuid?.() === 0) await clear(context);
  await rm(context.runDir, { recursive: true, force: true });
  await rm(context.dir, { recursive: true, force: true });
}
