import { join } from "node:path";
import { program } from "../../local/program";
import { run } from "../../local/run";
import type { AcceptancePlan, CheckResult } from "./plan";

/**
 * Tries the mail server from the simulated internet.
 *
 * @param onInternet turns a command of this machine into one that runs as a host on the simulated internet; Node
 *   must be told the certificate authority by NODE_EXTRA_CA_CERTS there
 */
export async function accept(
  plan: AcceptancePlan,
  onInternet: (command: readonly [string, ...string[]]) => [string, ...string[]],
): Promise<CheckResult[]> {
  const probe = program(join(__dirname, "probe.ts"));
  const { stdout } = await run(onInternet(probe), { input: JSON.stringify(plan), timeout: 300_000 });
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as CheckResult);
}
