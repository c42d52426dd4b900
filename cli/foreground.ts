import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Runs a command as if it had been typed: on this terminal, to its end.
 * @returns its exit status, or 128 and the signal's number
 */
export function foreground(
  [file, ...args]: readonly [string, ...string[]],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...options, stdio: "inherit" });
    // The terminal sends an interrupt to both; the command decides what comes of it.
    const ignore = () => {};
    const pass = () => child.kill("SIGTERM");
    process.on("SIGINT", ignore).on("SIGTERM", pass);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      process.off("SIGINT", ignore).off("SIGTERM", pass);
      resolve(code ?? 128 + constants.signals[signal ?? "SIGKILL"]);
    });
  });
}
