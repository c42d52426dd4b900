import { checkout } from "../cli/stack";
import { program } from "../local/program";
import { type RunResult, run } from "../local/run";
import { median, timed } from "./measure";

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
  const memory: number[] = [];
  for (let round = 0; round < rounds; round++) {
    try {
      const { stdout } = await local("start");
      for (const [name, seconds] of stagesOf(stdout)) stages[name] = [...(stages[name] ?? []), seconds];
      again.push(await timed(() => local("start")));
      memory.push(Number((await local("exec", "mx1", "--", "python3", "-c", sumOfPss)).stdout) / 1024);
    } finally {
      await local("down");
    }
  }
  return {
    stages: Object.fromEntries(Object.entries(stages).map(([name, values]) => [name, median(values)])),
    again: median(again),
    idleMemory: median(memory),
  };
}

/** In KiB; the command that asks is not counted. */
const sumOfPss = `
import glob, os
total = 0
for path in glob.glob("/proc/[0-9]*/smaps_rollup"):
    if path.split("/")[2] == str(os.getpid()):
        continue
    try:
        total += sum(int(line.split()[1]) for line in open(path) if line.startswith("Pss:"))
    except OSError:
        pass
print(total)
`;

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
