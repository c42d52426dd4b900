import { type SpawnOptions, spawn } from "node:child_process";

export interface RunOptions {
  readonly input?: string | Buffer;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds; the command is ended after it. @default none */
  readonly timeout?: number;
  /** Exit codes that are no error. @default [0] */
  readonly accept?: readonly number[];
}

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that ended otherwise than asked; the message holds what it printed. */
export class CommandError extends Error {
  constructor(
    readonly command: readonly string[],
    readonly result: RunResult,
    reason: string,
  ) {
    const said = (result.stderr.trim() || result.stdout.trim()).split("\n").slice(-12).join("\n");
    super(`${command.join(" ")}: ${reason}${said ? `\n${said}` : ""}`);
    this.name = "CommandError";
  }
}

/**
 * Runs a command to its end, without a shell, and returns what it printed.
 * @throws CommandError when it can't be started, is ended by the timeout, or exits with a code not accepted
 */
export function run(command: readonly [string, ...string[]], options: RunOptions = {}): Promise<RunResult> {
  const [file, ...args] = command;
  const spawnOptions: SpawnOptions = { cwd: options.cwd, env: options.env, timeout: options.timeout };
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...spawnOptions, stdio: ["pipe", "pipe", "pipe"] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const result = (code: number): RunResult => ({
      code,
      stdout: Buffer.concat(out).toString(),
      stderr: Buffer.concat(err).toString(),
    });
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", (error) => reject(new CommandError(command, result(-1), error.message)));
    child.on("close", (code, signal) => {
      const ended = result(code ?? -1);
      if (code !== null && (options.accept ?? [0]).includes(code)) resolve(ended);
      else reject(new CommandError(command, ended, signal ? `ended by ${signal}` : `exit status ${code}`));
    });
    // A command that does not read its input to the end is judged by its exit status, not by the broken pipe.
    child.stdin.on("error", () => {});
    child.stdin.end(options.input);
  });
}
