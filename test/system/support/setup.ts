import type { TestProject } from "vitest/node" with { "resolution-mode": "import" };
import { cloud } from "./cloud";

declare module "vitest" {
  interface ProvidedContext {
    /** The name of the local cloud on which the system tests run. */
    cloud: string;
  }
}

/** Names the local cloud that all system tests share, and removes it after them. */
export default function setup(project: TestProject): () => Promise<void> {
  const local = cloud("test");
  project.provide("cloud", local.name);
  return async () => {
    const down = await local.local(["down"]);
    if (down.code !== 0) throw new Error(`down: ${down.stdout}${down.stderr}`);
  };
}
