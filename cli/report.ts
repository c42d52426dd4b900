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

/** How long each stage took, and all of them together. */
export function stageTable(stages: readonly Stage[]): string {
  const total = stages.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return [...stages, { name: "in all", milliseconds: total }]
    .map(({ name, milliseconds, note = "" }) =>
      `  ${name.padEnd(14)} ${seconds(milliseconds).padStart(8)}  ${note}`.trimEnd(),
    )
    .join("\n");
}

export interface Stage {
  readonly name: string;
  readonly milliseconds: number;
  /** What it was made of. */
  readonly note?: string;
}

/** Measures stages that come one after the other. */
export interface Stopwatch {
  readonly all: readonly Stage[];
  /** @param note says what the stage was made of */
  time<T>(
    name: string,
    work: () => Promise<T>,
    note?: (value: T, milliseconds: number) => string,
  ): Promise<T>;
}

export function stopwatch(): Stopwatch {
  const all: Stage[] = [];
  return {
    all,
    time: async (name, work, note) => {
      const since = performance.now();
      const value = await work();
      const milliseconds = performance.now() - since;
      all.push({ name, milliseconds, note: note?.(value, milliseconds) });
      return value;
    },
  };
}
