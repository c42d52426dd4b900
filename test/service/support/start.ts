import { installTools } from "../../system/support/tools";
import { bringUpWith, must } from "./declared";
import { secondDomain } from "./stack";

let started: Promise<void> | undefined;

/**
 * Brings the server up, once for all files of this worker, which share its process. Where it can't, each of them fails
 * and says why.
 */
export function start(): Promise<void> {
  started ??= bringUp();
  return started;
}

async function bringUp(): Promise<void> {
  await installTools();
  await must(["start"]);
  await must(["zone", secondDomain]);
  await bringUpWith({});
}
