import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const second = 1000;
/** Even on two processors, as tests wait a good part of their time; vitest would leave one of them free. */
const workers = Math.max(2, availableParallelism() - 1);

/** Local clouds side by side. Even on two processors: what is tried on them waits for answers, bans and queues. */
const clouds = 3;

/** Begun last, these would keep one worker busy while the others have nothing left. */
const longest =
  /(system\/(verify|verify-host|certificate)|service\/(bans|antivirus|tls-out|tls|purge))\.test\.ts$/;

/** What takes longest first, in a checkout too in which nothing has run before: vitest would go by the size of the file. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => (longest.test(moduleId) ? 0 : 1);
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
}

/** The groups run one after the other, the fast ones first; times are bounds for a slow machine, not expectations. */
export default defineConfig({
  test: {
    reporters: ["default", "json"],
    sequence: { sequencer: LongestFirst },
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
        maxWorkers: clouds,
        isolate: false,
      }),
      group("service", 5, 900 * second, {
        globalSetup: "test/service/support/setup.ts",
        setupFiles: "test/service/support/before.ts",
        maxWorkers: clouds,
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
