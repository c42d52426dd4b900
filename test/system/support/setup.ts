import type { TestProject } from "vitest/node" with { "resolution-mode": "import" };
import { cloud } from "./cloud";
import { installTools } from "./tools";

declare module "vitest" {
  interface ProvidedContext {
    /** The name of the local cloud on which the system tests run. */
    cloud: string;
  }
}

/**
 * Brings up the local stack as `npm start` does, under a name of its own, for all system tests together.
 * Where it can't run, that is a failure that says why: a skipped system test would look like a passed one.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await installTools();
  const local = cloud("test");
  const started = await local.local(["start"]);
  if (started.code !== 0)
    throw new Error(
      `The local stack did not come up, so no system test can run:\n${started.stdout}${started.stderr}`,
    );
  project.provide("cloud", local.name);
  return async () => {
    const down = await local.local(["down"]);
    if (down.code !== 0) throw new Error(`down: ${down.stdout}${down.stderr}`);
  };
}
