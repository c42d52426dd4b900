import { checkout } from "../cli/stack";
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
  return run([process.execPath, require.resolve("tsx/cli"), "cli/main.ts", "local", ...args], {
    cwd: checkout,
    env: { ...process.env, MAILSERVER_LOCAL_NAME: "bench" },
  });
}

/** Reads the line "NAME 1.2 s, NAME 3.4 s; in all 4.6 s". */
function stagesOf(output: string): [string, number][] {
  const line = output.split("\n").findLast((text) => text.includes("; in all ")) ?? "";
  return [...line.matchAll(/([a-z][a-z ]*?) (\d+\.\d) s/g)].map(([, name = "", seconds]) => [
    name.trim(),
    Number(seconds),
  ]);
}
