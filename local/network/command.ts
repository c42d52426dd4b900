import { type RunOptions, type RunResult, run } from "../run";

/** Runs a command in a network namespace; files and processes stay those of this machine. */
export function runIn(
  netns: string,
  command: readonly [string, ...string[]],
  options?: RunOptions,
): Promise<RunResult> {
  return run(["nsenter", `--net=/run/netns/${netns}`, "--", ...command], options);
}

/** Runs `ip` with several commands at once (one a line, without the leading `ip`) in a network namespace. */
export function ipBatch(netns: string, lines: readonly string[]): Promise<RunResult> {
  return run(["ip", "-n", netns, "-batch", "-"], { input: lines.map((line) => `${line}\n`).join("") });
}

/** Sets kernel parameters of a network namespace, by their names below `net.`. */
export async function setSysctls(netns: string, values: Readonly<Record<string, number>>): Promise<void> {
  const settings = Object.entries(values).map(([name, value]) => `net.${name}=${value}`);
  await runIn(netns, ["sysctl", "-q", "-w", ...settings]);
}
