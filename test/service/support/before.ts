import { beforeAll } from "vitest";
import { installTools } from "../../system/support/tools";
import { bringUpWith, must } from "./declared";
import { secondDomain } from "./stack";

let started: Promise<void> | undefined;

// The first time it builds images and waits for a first boot.
beforeAll(() => {
  started ??= bringUp();
  return started;
}, 1_800_000);

/** Brings the server up once for all files, which share one process. Where it can't, each test fails and says why. */
async function bringUp(): Promise<void> {
  await installTools();
  await must(["start"]);
  await must(["zone", secondDomain]);
  await bringUpWith({});
}
