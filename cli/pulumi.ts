import { run } from "../local/run";
import { pulumiEnvironment, pulumiHome } from "../local/toolchain/environment";
import { installLanguageHost } from "../local/toolchain/language-host/install";
import { ensurePulumi } from "../local/toolchain/pulumi";
import { foreground } from "./foreground";
import { inCloud } from "./inside";
import type { Session } from "./session";
import { checkout, localStack, type StackOutputs } from "./stack";

/** Pulumi against a local cloud, and against nothing else. */
export interface LocalPulumi {
  /** Runs a command on this terminal. @returns its exit status */
  show(args: readonly string[]): Promise<number>;
  /** Runs a command and returns what it printed. */
  ask(args: readonly string[]): Promise<string>;
}

/** @param settings further environment variables of Pulumi's own */
export async function openPulumi(session: Session, settings: NodeJS.ProcessEnv = {}): Promise<LocalPulumi> {
  const { context, status } = session;
  const cli = await ensurePulumi(context.cacheDir);
  const env = { ...(await pulumiEnvironment(context, status.ports)), ...settings };
  await installLanguageHost(cli, pulumiHome(context), env);
  const command = (args: readonly string[]) => inCloud(session, [cli.command, ...args]);
  return {
    show: (args) => foreground(command(args), { env }),
    ask: async (args) => (await run(command(args), { env })).stdout,
  };
}

/** Makes the stack, and makes it the one that commands are about, in the project of the checkout. */
export async function selectStack(pulumi: LocalPulumi): Promise<void> {
  await pulumi.ask(["stack", "select", "--create", "--cwd", checkout, localStack.name]);
}

export async function stackOutputs(pulumi: LocalPulumi): Promise<StackOutputs> {
  const json = await pulumi.ask([
    ...["stack", "output", "--json"],
    ...["--cwd", checkout, "--stack", localStack.name],
  ]);
  return JSON.parse(json) as StackOutputs;
}
