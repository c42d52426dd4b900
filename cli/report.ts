import type { CheckResult } from "./acceptance/plan";
import { seconds } from "./display";

/** The checks as a table, each with what was seen, or what was wrong. */
export function checkTable(results: readonly CheckResult[]): string {
  const width = Math.max(...results.map(({ title }) => title.length));
  return results
    .map(({ title, held, evidence, seconds: took }) => {
      const [first = "", ...rest] = evidence.split("\n");
      const head = `  ${held ? "ok    " : "FAILED"}  ${title.padEnd(width)}  ${seconds(took * 1000).padStart(7)}  ${first}`;
      return [head, ...rest.map((line) => " ".repeat(width + 21) + line)].join("\n");
    })
    .join("\n");
}

/** How long each stage took, in one line. */
export function stageLine(stages: readonly Stage[]): string {
  const total = stages.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const parts = stages.map(({ name, milliseconds }) => `${name} ${seconds(milliseconds)}`);
  return `${parts.join(", ")}; in all ${seconds(total)}`;
}

export interface Stage {
  readonly name: string;
  readonly milliseconds: number;
}

/** Measures stages that come one after the other. */
export function stopwatch() {
  const all: Stage[] = [];
  return {
    all: all as readonly Stage[],
    time: async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      const since = performance.now();
      try {
        return await work();
      } finally {
        all.push({ name, milliseconds: performance.now() - since });
      }
    },
  };
}
