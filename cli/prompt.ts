import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/**
 * Asks on the terminal for one line that is not shown while it is typed. The question goes to standard error.
 * @throws if the terminal is closed first
 */
export async function askHidden(question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output: silent, terminal: true, historySize: 0 });
  // Not before the terminal has stopped to echo.
  process.stderr.write(question);
  try {
    return await new Promise((resolve, reject) => {
      prompt.once("line", resolve);
      prompt.once("close", () => reject(new Error("No password was typed.")));
    });
  } finally {
    prompt.removeAllListeners("close");
    prompt.close();
    process.stderr.write("\n");
  }
}
