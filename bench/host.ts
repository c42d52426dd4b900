import { checkout } from "../cli/stack";
import { program } from "../local/program";
import { type RunResult, run } from "../local/run";
import { median, timed } from "./measure";
import { idleMemory, type Python } from "./memory";

export interface HostFigures {
  /** Seconds from nothing but the cached images to the last check, by stage as `npm start` names them. */
  readonly stages: Readonly<Record<string, number>>;
  /** Seconds of a second `npm start`, which changes nothing but tries the mail again. */
  readonly again: number;
  /** MiB, the proportional set sizes of all processes on the host, idle. */
  readonly idleMemory: number;
}

/** What a host costs: from `pulumi up` to mail that flows, and the memory it then takes. */
export async function measureHost(rounds: number): Promise<HostFigures> {
  const stages: Record<string, number[]> = {};
  const again: number[] = [];
  let memory = Number.NaN;
  for (let round = 0; round < rounds; round++) {
    try {
      const { stdout } = await local("start");
      for (const [name, seconds] of stagesOf(stdout)) stages[name] = [...(stages[name] ?? []), seconds];
      again.push(await timed(() => local("start")));
      // Once, because it waits for minutes until the host is idle.
      if (round === rounds - 1) memory = await idleMemory(python);
    } finally {
      await local("down");
    }
  }
  return {
    stages: Object.fromEntries(Object.entries(stages).map(([name, values]) => [name, median(values)])),
    again: median(again),
    idleMemory: memory,
  };
}

const python: Python = async (source) => (await local("exec", "mx1", "--", "python3", "-c", source)).stdout;

function local(...args: string[]): Promise<RunResult> {
  return run(program("cli/main.ts", "local", ...args), {
    cwd: checkout,
    env: { ...process.env, MAILSERVER_LOCAL_NAME: "bench" },
  });
}

/** Reads the table under "Time taken": a stage, seconds, and for some what they were made of. */
function stagesOf(output: string): [string, number][] {
  const table = output.split("Time taken\n")[1] ?? "";
  const rows = [...table.matchAll(/^ {2}([a-z][a-z ]*?) +(\d+\.\d) s(?: {2}.*)?$/gm)];
  if (rows.length === 0) throw new Error(`npm start printed no table of stages:\n${output}`);
  return rows.map(([, name = "", seconds]) => [name, Number(seconds)]);
}
