import { defineConfig } from "vitest/config";

const second = 1000;

/** The groups run one after the other, the fast ones first; times are bounds for a slow machine, not expectations. */
export default defineConfig({
  test: {
    reporters: ["default", "json"],
    outputFile: { json: "test-results.json" },
    projects: [
      group("unit", { order: 0, timeout: 30 * second }),
      group("component", { order: 1, timeout: 60 * second }),
      group("engine", { order: 2, timeout: 300 * second }),
      group("system", {
        order: 3,
        timeout: 900 * second,
        globalSetup: "test/system/support/setup.ts",
        // One cloud for all of them: a test that changes the host must not meet another.
        fileParallelism: false,
      }),
    ],
  },
});

function group(
  name: string,
  options: { order: number; timeout: number; globalSetup?: string; fileParallelism?: boolean },
) {
  const { order, timeout, ...rest } = options;
  return {
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      sequence: { groupOrder: order },
      testTimeout: timeout,
      hookTimeout: timeout,
      ...rest,
    },
  };
}
