import { constants } from "node:os";
import type { CloudContext } from "../local/context";
import { daemonLog, launch } from "../local/launch";
import { removeStaleLocks } from "../local/toolchain/locks";
import { findOnPath } from "../local/toolchain/path";
import type { CheckResult } from "./acceptance/plan";
import { accept } from "./acceptance/run";
import { acceptByVerify } from "./acceptance/verify";
import { explainStuckMail } from "./diagnosis";
import type { Display } from "./display";
import { type HostStatus, waitUntilReady } from "./host-status";
import { onInternet } from "./inside";
import { getImages, getPulumi, together } from "./parts";
import { prepareMachine } from "./prepare";
import { type LocalPulumi, openPulumi, selectStack, stackOutputs } from "./pulumi";
import { checkTable, type Stopwatch, stageTable, stopwatch } from "./report";
import { findSession, openSession, type Session } from "./session";
import { checkout, localStack, type StackOutputs } from "./stack";

export interface StartOptions {
  /** Machines boot from the image as EC2 has it, and install their packages themselves. */
  readonly bare: boolean;
  /** Machines do not boot. */
  readonly noVm: boolean;
}

/** The exit status of a command that the user has ended by Ctrl-C. */
const interrupted = 128 + constants.signals.SIGINT;

/**
 * Starts the local cloud unless it runs, applies the stack, waits until the host is ready, and tries the mail server.
 * @returns the exit status: 0 only if everything held
 */
export async function start(context: CloudContext, options: StartOptions, display: Display): Promise<number> {
  const stages = stopwatch();
  const session = await startCloud(context, options, display, stages);
  const pulumi = await openPulumi(session);
  const killed = await removeStaleLocks(context);
  const applied = await stages.time("pulumi up", () => apply(pulumi, killed, display));
  if (applied === interrupted) return applied;
  if (applied !== 0) {
    display.line(
      `\nThe log of the local cloud is ${daemonLog(context)}. To start afresh: npm run local -- down`,
    );
    return applied;
  }
  if (!session.status.machines) {
    display.line(`\nTime taken\n${stageTable(stages.all)}\n`);
    display.line("The stack is applied. Machines do not boot (--no-vm), so there is no mail server to try.");
    return 0;
  }
  const outputs = await stackOutputs(pulumi);
  const { warnings } = await stages.time(
    "host ready",
    () => awaitHost(session, outputs, display),
    hostStages,
  );
  for (const warning of warnings) display.line(`  warning: ${warning}`);
  const results = await stages.time("checks", () => tryMail(session, outputs, display));
  display.line(`\nTried as a stranger on the internet\n${checkTable(results)}\n`);
  display.line(`Time taken\n${stageTable(stages.all)}\n`);
  const held = results.every((result) => result.held);
  for (const line of await (held ? whatNext() : whatFailed(session, outputs))) display.line(line);
  return held ? 0 : 1;
}

async function startCloud(
  context: CloudContext,
  { bare, noVm }: StartOptions,
  display: Display,
  stages: Stopwatch,
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
  const [machines] = await stages.time("parts", () =>
    together(
      noVm ? Promise.resolve(undefined) : getImages(context, bare, display),
      getPulumi(context, display),
    ),
  );
  await stages.time("local cloud", () =>
    display.task("Local cloud", () => launch({ context, zones: localStack.zones, machines }), {
      result: () => "started",
    }),
  );
  return openSession(context);
}

/** @param refresh whether the state may differ from the cloud, because a command before was killed */
async function apply(pulumi: LocalPulumi, refresh: boolean, display: Display): Promise<number> {
  await selectStack(pulumi);
  const options = refresh ? ["--refresh"] : [];
  display.line(`\n${["pulumi up --stack", localStack.name, ...options].join(" ")}`);
  return pulumi.show([
    ...["up", "--yes", "--skip-preview", "--cwd", checkout],
    ...["--stack", localStack.name, ...options],
  ]);
}

/**
 * Waits until the host has put in force what was applied last.
 * @throws with the host's own words, and where it says more
 */
export async function awaitHost(
  session: Session,
  outputs: StackOutputs,
  display: Display,
): Promise<HostStatus> {
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

function tryMail(session: Session, outputs: StackOutputs, display: Display): Promise<CheckResult[]> {
  const { context, control } = session;
  const { hostname } = outputs;
  const { domain, login } = localStack;
  return display.task("Mail", async (progress) => {
    progress("being sent both ways");
    const peer = await control.machine("internet");
    if (!peer) throw new Error(`The internet machine is not on; its end is told in ${daemonLog(context)}`);
    const plan = { context, internetLeader: peer.leader, hostname, domain, login };
    const [sent, verified] = await Promise.all([
      accept(plan, (command) => onInternet(context, command)),
      acceptByVerify(session, outputs),
    ]);
    return [...sent, verified];
  });
}

async function whatNext(): Promise<string[]> {
  const there = await findOnPath("swaks", process.env);
  const swaks = `swaks --from someone@stranger.test --to ${localStack.login.user}`;
  return [
    "The mail server runs. To look around:",
    "  npm run local -- status",
    "  npm run local -- verify",
    `  npm run local -- exec internet -- ${swaks}${there ? "" : "    (after: apt-get install swaks)"}`,
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
