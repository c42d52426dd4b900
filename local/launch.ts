import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { clear } from "./clear";
import type { CloudContext } from "./context";
import type { DaemonMessage, DaemonOptions } from "./daemon";
import { createCgroups } from "./machines/cgroup";
import { createNamespaces } from "./network/namespaces";
import { program } from "./program";

/** Where the daemon of a cloud writes what it has to say. */
export function daemonLog(context: CloudContext): string {
  return join(context.dir, "daemon.log");
}

/**
 * Starts the daemon of a cloud that does not run, after clearing what a killed run of it left behind. Resolves once
 * the daemon serves its control; it outlives this process.
 * @throws with the daemon's own words when it fails
 */
export async function launch(options: DaemonOptions): Promise<void> {
  const { context, machines } = options;
  await mkdir(context.dir, { recursive: true, mode: 0o700 });
  const enter = machines ? await makeRoom(context) : [];
  const failed = await answerOf(startProcess(enter, options));
  if (failed === undefined) return;
  if (machines) await clear(context);
  throw new Error(`The local cloud did not start: ${failed}\nIts log is ${daemonLog(context)}`);
}

/** @returns the command that runs another in the cloud's control group and network namespace */
async function makeRoom(context: CloudContext): Promise<string[]> {
  await clear(context);
  await createNamespaces(context);
  const [cgroup] = await createCgroups(context, "daemon");
  const script = 'echo $$ >"$1"/cgroup.procs; shift; exec "$@"';
  return ["sh", "-euc", script, "sh", cgroup, "nsenter", `--net=/run/netns/${context.netns.cloud}`, "--"];
}

function startProcess(enter: readonly string[], options: DaemonOptions): ChildProcess {
  const daemonProgram = program(join(__dirname, "daemon.ts"), JSON.stringify(options));
  const [file = "", ...args] = [...enter, ...daemonProgram];
  const log = openSync(daemonLog(options.context), "a", 0o600);
  const daemon = spawn(file, args, {
    detached: true,
    stdio: ["ignore", log, log, "ipc"],
    cwd: "/",
    env: { PATH: process.env.PATH, LANG: "C.UTF-8" },
  });
  closeSync(log);
  return daemon;
}

/** @returns why it failed; nothing when it is ready */
function answerOf(daemon: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    daemon.on("message", (message: DaemonMessage) => {
      if ("failed" in message) return resolve(message.failed);
      daemon.unref();
      resolve(undefined);
    });
    daemon.on("error", (error) => resolve(error.message));
    daemon.on("exit", (code, signal) => resolve(`it ended by ${signal ?? `exit status ${code}`}`));
  });
}
