import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Runs work while holding a lock on a file, so that of several processes one does it at a time. The lock ends with
 * this process, however it ends.
 * @param waiting called if another holds the lock
 */
export async function withLock<T>(file: string, waiting: () => void, work: () => Promise<T>): Promise<T> {
  // flock(1) holds the lock as long as cat reads, and cat reads as long as the pipe from here is open.
  const holder = spawn("flock", [file, "sh", "-c", "echo locked; exec cat"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(holder, "exit");
  const notice = setTimeout(waiting, 500);
  try {
    const held = await Promise.race([once(holder.stdout, "data").then(() => true), exited.then(() => false)]);
    if (!held)
      throw new Error(`The lock ${file} could not be taken: flock ended with status ${holder.exitCode}.`);
    clearTimeout(notice);
    return await work();
  } finally {
    clearTimeout(notice);
    holder.stdin.end();
    await exited;
  }
}
