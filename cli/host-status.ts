import { setTimeout as delay } from "node:timers/promises";
import type { Progress } from "../local/progress";
import type { Session } from "./session";
import type { StackOutputs } from "./stack";

/** What the host's agent reports, as an object in the stack's bucket. */
export interface HostStatus {
  /** SHA-256 of the bundle that it is about, in hexadecimal digits. */
  readonly bundle: string;
  readonly state: "applying" | "ready" | "failed";
  readonly stage: string;
  /** RFC 3339, whole seconds. */
  readonly updated: string;
  readonly errors: readonly { readonly part: string; readonly message: string }[];
  /** The one of the mail services that is in force. */
  readonly certificate: { readonly issuer: string; readonly notAfter: string } | null;
  /** What somebody should mend, though mail works. */
  readonly warnings: readonly string[];
  readonly stages: readonly { readonly name: string; readonly seconds: number }[];
}

/** What the host has reported since it is on; what it said before a restart is not about its present life. */
export async function hostStatus(
  { control }: Session,
  outputs: StackOutputs,
): Promise<HostStatus | undefined> {
  const machine = await control.machine(outputs.instanceId);
  const body = machine && (await control.object(outputs.bucket, outputs.statusKey));
  const report = body && (JSON.parse(body.toString()) as HostStatus);
  return report && Date.parse(report.updated) >= Date.parse(machine.since) ? report : undefined;
}

const minute = 60_000;
/** The agent tries again after a failure; one that lasts this long is there to stay. */
const patience = minute;
const limit = 15 * minute;

/**
 * Waits until the host has put the bundle of the last apply in force.
 * @throws with the host's own words when it fails for good or is not ready in time
 */
export async function waitUntilReady(
  session: Session,
  outputs: StackOutputs,
  progress: Progress,
): Promise<HostStatus> {
  const end = Date.now() + limit;
  let failing: number | undefined;
  for (;;) {
    const status = await hostStatus(session, outputs);
    const current = status?.bundle === outputs.bundleDigest ? status : undefined;
    if (current?.state === "ready") return current;
    progress(describe(current));
    failing = current?.state === "failed" ? (failing ?? Date.now()) : undefined;
    const given = (failing !== undefined && Date.now() - failing > patience) || Date.now() > end;
    if (given) throw new Error(`${outputs.hostname} did not become ready: ${describe(current)}`);
    await delay(300);
  }
}

/** The state in a few words. */
export function describe(status: HostStatus | undefined): string {
  if (!status) return "booting";
  const [error] = status.errors;
  const what = status.state === "failed" ? `failed at ${status.stage}` : status.stage;
  return error ? `${what}: ${error.part}: ${error.message}` : what;
}
