import { daemonLog } from "../local/launch";
import { describe, hostStatus } from "./host-status";
import { openPulumi, stackOutputs } from "./pulumi";
import type { Session } from "./session";
import { localStack, type StackOutputs } from "./stack";

/** What runs, where things are, and how to log in. */
export async function statusText(session: Session): Promise<string> {
  const { context, status } = session;
  const outputs = await applied(session);
  const rows: [string, string][] = [
    [
      "local cloud",
      `${context.name}, ${status.machines ? "machines boot" : "machines do not boot"}, process ${status.pid}`,
    ],
    ...(outputs ? await hostRows(session, outputs) : [["stack", "not applied"] as [string, string]]),
    ["zones", status.zones.join(", ")],
    ["outbound port 25", status.outboundPort25],
    ...status.alarms.map(({ name, state }): [string, string] => ["alarm", `${name}: ${state}`]),
    ["state", context.dir],
    ["log", daemonLog(context)],
    ["cache", context.cacheDir],
  ];
  return rows.map(([key, value]) => `${key.padEnd(18)}${value}`).join("\n");
}

async function hostRows(session: Session, outputs: StackOutputs): Promise<[string, string][]> {
  const { hostname, publicIp, ipv6Address, instanceId } = outputs;
  const where = [hostname, publicIp, ipv6Address, instanceId].join(", ");
  if (!session.status.machines) return [["host", where]];
  const { user, password } = localStack.login;
  const status = await hostStatus(session, outputs);
  return [
    ["host", `${where}: ${describe(status)}`],
    ...(status?.warnings ?? []).map((warning): [string, string] => ["  warning", warning]),
    ["mailbox", `${user}, password ${password}`],
    ["  IMAP", `${hostname}, port 993 (TLS)`],
    ["  filters", `${hostname}, port 4190 (ManageSieve, STARTTLS)`],
    ["  submission", `${hostname}, port 465 (TLS) or 587 (STARTTLS)`],
  ];
}

/** @returns undefined when nothing is applied, or not all of it */
async function applied(session: Session): Promise<StackOutputs | undefined> {
  const pulumi = await openPulumi(session);
  // There is no stack before the first apply, which is all that this command can fail of.
  const outputs = await stackOutputs(pulumi).catch(() => undefined);
  return outputs?.bundleDigest ? outputs : undefined;
}
