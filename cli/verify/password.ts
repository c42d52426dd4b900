import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/**
 * The account's password, from MAILSERVER_PASSWORD or typed at a prompt that does not show it.
 * @throws where there is neither
 */
export async function askPassword(user: string): Promise<string> {
  const given = process.env.MAILSERVER_PASSWORD;
  if (given) return given;
  if (!process.stdin.isTTY)
    throw new Error(
      `The password of ${user} is wanted: set MAILSERVER_PASSWORD, or run this on a terminal, which asks for it.`,
    );
  process.stderr.write(`Password of ${user}: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output: silent, terminal: true });
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
