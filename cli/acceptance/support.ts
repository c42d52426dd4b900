import { setTimeout as delay } from "node:timers/promises";

/** @throws with the message when the condition does not hold */
export function expectThat(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

/** Asks until there is an answer. @param within milliseconds */
export async function eventually<T>(question: () => Promise<T | undefined>, within: number): Promise<T> {
  const end = Date.now() + within;
  for (;;) {
    const answer = await question();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`nothing arrived within ${within / 1000} s`);
    await delay(200);
  }
}
