import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const second = 1000;
/** Even on two processors, as tests wait a good part of their time; vitest would leave one of them free. */
const workers = Math.max(2, availableParallelism() - 1);

/** The groups run one after the other, the fast ones first; times are bounds for a slow machine, not expectations. */
export default defineConfig({
  test: {
    reporters: ["default", "json"],
    outputFile: { json: "test-results.json" },
    projects: [
      group("unit", 0, 30 * second),
      group("component", 1, 60 * second),
      // One after the other: the first may have to install the browser.
      group("browser", 2, 120 * second, { fileParallelism: false }),
      group("engine", 3, 300 * second, { setupFiles: "test/engine/support/before.ts" }),
      // The files of a worker share a cloud, and the process that has brought it up.
      group("system", 4, 900 * second, {
        globalSetup: "test/system/support/setup.ts",
        setupFiles: "test/system/support/before.ts",
        maxWorkers: 2,
        isolate: false,
      }),
      group("service", 5, 900 * second, {
        globalSetup: "test/service/support/setup.ts",
        setupFiles: "test/service/support/before.ts",
        maxWorkers: 2,
        isolate: false,
      }),
    ],
  },
});

function group(name: string, groupOrder: number, timeout: number, more: object = {}) {
  return {
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      sequence: { groupOrder },
      maxWorkers: workers,
      testTimeout: timeout,
      hookTimeout: timeout,
      ...more,
    },
  };
}
