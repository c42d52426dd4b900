import { text } from "node:stream/consumers";
import { correspondent } from "../../local/internet/correspondent";
import { enterCommand } from "../../local/machines/nspawn";
import { run } from "../../local/run";
import { type Check, checks } from "./checks";
import type { AcceptancePlan, CheckResult } from "./plan";

/**
 * The process that asks: it runs as a host on the simulated internet, reads an AcceptancePlan from standard input,
 * runs the checks side by side and prints each result as a line of JSON.
 */
async function main(): Promise<void> {
  const plan = JSON.parse(await text(process.stdin)) as AcceptancePlan;
  const peer = correspondent(plan.context, {
    exec: (argv, options) => run(enterCommand(plan.internetLeader, argv), options),
  });
  const results = checks.map(async (check) => judge(check, () => check.run(plan, peer)));
  for (const result of results) process.stdout.write(`${JSON.stringify(await result)}\n`);
}

async function judge({ title }: Check, ask: () => Promise<string>): Promise<CheckResult> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  try {
    return { title, held: true, evidence: await ask(), seconds: seconds() };
  } catch (error) {
    return { title, held: false, evidence: (error as Error).message, seconds: seconds() };
  }
}

void main();
