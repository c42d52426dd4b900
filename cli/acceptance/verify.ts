import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { program } from "../../local/program";
import { run } from "../../local/run";
import type { Report } from "../../verify/report";
import { tally } from "../../verify/report/words";
import { foreground } from "../foreground";
import { hostStatus } from "../host-status";
import { onInternet } from "../inside";
import type { Session } from "../session";
import { localStack, type StackOutputs } from "../stack";
import type { CheckResult } from "./plan";

/**
 * `mailserver verify` as a host on the simulated internet, told what the local stack declares, what its host says of
 * itself, and its mailbox.
 */
async function command(session: Session, outputs: StackOutputs, args: readonly string[]) {
  const { context } = session;
  const write = async (name: string, contents: unknown) => {
    const file = join(context.dir, name);
    await writeFile(file, JSON.stringify(contents), { mode: 0o600 });
    return file;
  };
  const status = await hostStatus(session, outputs);
  const { user, password } = localStack.login;
  const known = ["--stack-outputs", await write("outputs.json", outputs), "--account", user];
  if (status) known.push("--host-status", await write("host-status.json", status));
  const mailserver = program(join(__dirname, "../mailserver.ts"), "verify", ...known, ...args);
  return {
    argv: onInternet(context, mailserver),
    // Not an argument: those of every process can be seen by all.
    env: { ...process.env, MAILSERVER_PASSWORD: password },
  };
}

/** Shows it on this terminal. @returns its exit status */
export async function showVerify(
  session: Session,
  outputs: StackOutputs,
  args: readonly string[],
): Promise<number> {
  const { argv, env } = await command(session, outputs, args);
  return foreground(argv, { env });
}

/** @throws when it could not run */
export async function acceptByVerify(session: Session, outputs: StackOutputs): Promise<CheckResult> {
  const { argv, env } = await command(session, outputs, ["--json"]);
  const { stdout } = await run(argv, { env, accept: [0, 1], timeout: 300_000 });
  return summarized(JSON.parse(stdout) as Report);
}

/** A report as one of the acceptance's checks: what fails, with what to do about it. */
export function summarized({ domain, seconds, checks }: Report): CheckResult {
  const failures = checks.filter(({ outcome }) => outcome === "failed");
  return {
    title: `mailserver verify ${domain}`,
    held: failures.length === 0,
    evidence: [
      tally(checks),
      ...failures.map(({ id, evidence, remedy }) => `${id}: ${evidence.split("\n")[0]} ${remedy}`),
    ].join("\n"),
    seconds,
  };
}
