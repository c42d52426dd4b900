import type { Progress } from "../local/progress";

/** One line for each thing under way; on a terminal the lines of what runs are kept up to date. */
export interface Display {
  /**
   * Shows a line while work is done, and what came of it.
   * @param options.result the words after the title once it is done
   * @param options.quiet nothing is shown of what is done within a second
   */
  task<T>(
    title: string,
    work: (progress: Progress) => Promise<T>,
    options?: { readonly result?: (value: T) => string; readonly quiet?: boolean },
  ): Promise<T>;
  line(text?: string): void;
}

/** What of a stream is used; tests bring their own. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

interface Running {
  readonly title: string;
  readonly since: number;
  readonly quiet: boolean;
  step: string;
  /** When a line of it was printed last; a terminal needs none. */
  told: number;
}

const second = 1000;
/** Without a terminal a line is printed this often while something runs. */
const reminder = 30 * second;

export function openDisplay(output: Output, now: () => number = () => performance.now()): Display {
  const running = new Set<Running>();
  let drawn = 0;
  let timer: NodeJS.Timeout | undefined;

  const erase = () => {
    if (drawn > 0) output.write(`\x1b[${drawn}A\x1b[0J`);
    drawn = 0;
  };
  const visible = (task: Running) => !task.quiet || now() - task.since > second;
  const draw = () => {
    for (const task of [...running].filter(visible)) {
      const text = row(task.title, task.step, now() - task.since);
      output.write(`${text.slice(0, (output.columns || 80) - 1)}\n`);
      drawn++;
    }
  };
  const remind = () => {
    for (const task of running) {
      if (now() - task.told < reminder) continue;
      task.told = now();
      output.write(`${row(task.title, task.step || "under way", now() - task.since)}\n`);
    }
  };
  const tick = () => {
    if (!output.isTTY) return remind();
    erase();
    draw();
  };
  const print = (text: string) => {
    erase();
    output.write(`${text}\n`);
    if (output.isTTY) draw();
  };

  return {
    line: (text = "") => print(text),
    task: async (title, work, { result = () => "", quiet = false } = {}) => {
      const task: Running = { title, since: now(), quiet, step: "", told: now() };
      running.add(task);
      timer ??= setInterval(tick, second / 2);
      let outcome = "failed";
      try {
        const value = await work((step) => {
          task.step = step.replace(/\s+/g, " ");
        });
        outcome = result(value);
        return value;
      } finally {
        running.delete(task);
        if (running.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
        if (visible(task) || outcome === "failed") print(row(title, outcome, now() - task.since));
        else if (output.isTTY) tick();
      }
    },
  };
}

/** A row of a table: title, words, and seconds at the right. */
export function row(title: string, text: string, milliseconds: number): string {
  return `  ${title.padEnd(18)} ${text.padEnd(48)} ${seconds(milliseconds).padStart(8)}`;
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / second).toFixed(1)} s`;
}
