import type { TestProject } from "vitest/node" with { "resolution-mode": "import" };
import { removeShared } from "../../system/support/cloud";

/** Removes the local clouds that the workers have shared. */
export default function setup({ config }: TestProject): () => Promise<void> {
  return () => removeShared("service", config.maxWorkers);
}
