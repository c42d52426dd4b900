import type { CloudContext } from "../local/context";
import { daemonLog, launch } from "../local/launch";
import type { CheckResult } from "./acceptance/plan";
import { accept } from "./acceptance/run";
import { explainStuckMail } from "./diagnosis";
import type { Display } from "./display";
import { type HostStatus, waitUntilReady } from "./host-status";
import { onInternet } from "./inside";
import { getImages, getPulumi, together } from "./parts";
import { prepareMachine } from "./prepare";
import { type LocalPulumi, openPulumi, selectStack, stackOutputs } from "./pulumi";
import { checkTable, stageTable, stopwatch } from "./report";
import { findSession, openSession, type Session } from "./session";
import { checkout, localStack, type StackOutputs } from "./stack";

export interface StartOptions {
  /** Machines boot from the image as EC2 has it, and install their packages themselves. */
  readonly bare: boolean;
  /** Machines do not boot. */
  readonly noVm: boolean;
}

/**
 * Starts the local cloud unless it runs, applies the stack, waits until the host is ready, and tries the mail server.
 * @returns the exit status: 0 only if everything held
 */
export async function start(context: CloudContext, options: StartOptions, display: Display): Promise<number> {
  const stages = stopwatch();
  const session = await stages.time("local cloud", () => startCloud(context, options, display));
  const pulumi = await openPulumi(session);
  const applied = await stages.time("pulumi up", () => apply(pulumi, display));
  if (applied !== 0) {
    display.line(`\nThe log of the local cloud is ${daemonLog(context)}`);
    return applied;
  }
  if (!session.status.machines) {
    display.line(`\nTime\n${stageTable(stages.all)}\n`);
    display.line("The stack is applied. Machines do not boot (--no-vm), so there is no mail server to try.");
    return 0;
  }
  const outputs = await stackOutputs(pulumi);
  await stages.time("host ready", () => awaitHost(session, outputs, display), hostStages);
  const results = await stages.time("checks", () => tryMail(session, outputs, display));
  display.line(`\nTried as a stranger on the internet\n${checkTable(results)}\n`);
  display.line(`Time\n${stageTable(stages.all)}\n`);
  const held = results.every((result) => result.held);
  for (const line of held ? whatNext() : await whatFailed(session, outputs)) display.line(line);
  return held ? 0 : 1;
}

async function startCloud(
  context: CloudContext,
  { bare, noVm }: StartOptions,
  display: Display,
): Promise<Session> {
  const running = await findSession(context);
  if (running) {
    if (running.status.machines === noVm || bare)
      throw new Error(
        `The local cloud "${context.name}" runs already. To start it another way, remove it first: npm run local -- down`,
      );
    return running;
  }
  if (!noVm) await prepareMachine(display);
  const [machines] = await together(
    noVm ? Promise.resolve(undefined) : getImages(context, bare, display),
    getPulumi(context, display),
  );
  await display.task("Local cloud", () => launch({ context, zones: localStack.zones, machines }), {
    result: () => "started",
  });
  return openSession(context);
}

async function apply(pulumi: LocalPulumi, display: Display): Promise<number> {
  await selectStack(pulumi);
  display.line(`\npulumi up --stack ${localStack.name}`);
  return pulumi.show(["up", "--yes", "--skip-preview", "--cwd", checkout, "--stack", localStack.name]);
}

async function awaitHost(session: Session, outputs: StackOutputs, display: Display): Promise<HostStatus> {
  try {
    return await display.task(outputs.hostname, (progress) => waitUntilReady(session, outputs, progress), {
      result: () => "ready",
    });
  } catch (error) {
    const logs = `npm run local -- logs ${hostLabel(outputs)}`;
    throw new Error(`${(error as Error).message}\nWhat it did and said: ${logs}`);
  }
}

/** What the host's own part of the wait was; nothing if it was ready long ago. */
function hostStages({ stages }: HostStatus, milliseconds: number): string {
  if (milliseconds < 1000) return "";
  return stages
    .filter(({ seconds }) => seconds >= 0.1)
    .map(({ name, seconds }) => `${name} ${seconds.toFixed(1)}`)
    .join(", ");
}

function tryMail(
  { context, control }: Session,
  outputs: StackOutputs,
  display: Display,
): Promise<CheckResult[]> {
  const { hostname, publicIp } = outputs;
  const { domain, login } = localStack;
  return display.task("Mail", async (progress) => {
    progress("being sent both ways");
    const leader = (await control.machine("internet"))?.leader ?? 0;
    return accept({ context, internetLeader: leader, hostname, publicIp, domain, login }, (command) =>
      onInternet(context, command),
    );
  });
}

function whatNext(): string[] {
  return [
    "The mail server runs. To look around:",
    "  npm run local -- status",
    `  npm run local -- exec internet -- swaks --from someone@stranger.test --to ${localStack.login.user}`,
    "  npm run local -- down",
  ];
}

async function whatFailed(session: Session, outputs: StackOutputs): Promise<string[]> {
  const host = hostLabel(outputs);
  const reasons = await explainStuckMail(session, host);
  return [
    ...(reasons.length > 0
      ? ["Mail that waits on the host:", ...reasons.map((reason) => `  ${reason}`)]
      : []),
    `What the host did and said: npm run local -- logs ${host}`,
  ];
}

function hostLabel({ hostname }: StackOutputs): string {
  return hostname.split(".")[0] ?? hostname;
}
