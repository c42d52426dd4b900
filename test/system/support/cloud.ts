import { resolve } from "node:path";
import { onInternet, onMachine } from "../../../cli/inside";
import { openSession } from "../../../cli/session";
import { locateCloud } from "../../../local/locate";
import { program } from "../../../local/program";
import { type RunOptions, type RunResult, run } from "../../../local/run";

export const root = resolve(__dirname, "../../..");

/** What an operator does with the local cloud of the given name. Any exit status is returned, not thrown. */
export function cloud(name: string) {
  const context = locateCloud(root, name);
  const as = ({ env, ...options }: RunOptions): RunOptions => ({
    cwd: root,
    timeout: 900_000,
    accept: Array.from({ length: 256 }, (_, code) => code),
    ...options,
    env: { ...process.env, MAILSERVER_LOCAL_NAME: name, ...env },
  });
  const local = (args: readonly string[], options: RunOptions = {}): Promise<RunResult> =>
    run(program("cli/main.ts", "local", ...args), as(options));
  return {
    name,
    local,
    /** A command of this machine, run as a host on the simulated internet, as `exec internet` runs it. */
    internet: (command: readonly string[], options: RunOptions = {}) =>
      run(onInternet(context, command as Command), as(options)),
    /** A command run as root on a machine of the cloud, as `exec MACHINE` runs it. */
    on: async (machine: string, command: readonly string[], options: RunOptions = {}) =>
      run(await onMachine(await openSession(context), machine, command as Command), as(options)),
    pulumi: (args: readonly string[], options?: RunOptions) => local(["pulumi", ...args], options),
    outputs: async (): Promise<Record<string, unknown>> =>
      JSON.parse((await local(["pulumi", "stack", "output", "--json"])).stdout),
  };
}

/** A program and its arguments. */
type Command = readonly [string, ...string[]];

export type Cloud = ReturnType<typeof cloud>;

/** Asks until the answer is as wanted; the bound is generous because slow machines exist. */
export async function eventually<T>(
  ask: () => Promise<T>,
  wanted: (answer: T) => boolean,
  { within = 180_000, every = 500 } = {},
): Promise<T> {
  const until = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (Date.now() > until)
      throw new Error(`not within ${within / 1000} s; the last answer: ${JSON.stringify(answer)}`);
    await new Promise((tick) => setTimeout(tick, every));
  }
}
