import { join } from "node:path";
import type { CloudContext } from "../local/context";
import { internetState } from "../local/internet/state";
import { enterCommand } from "../local/machines/nspawn";
import type { Session } from "./session";

type Command = readonly [string, ...string[]];

/** The command that runs another in the cloud's network namespace, where its providers listen. */
export function inCloud({ context, status }: Session, command: Command): [string, ...string[]] {
  return status.machines
    ? ["nsenter", `--net=/run/netns/${context.netns.cloud}`, "--", ...command]
    : [...command];
}

/**
 * The command that runs another one of this machine as a host on the simulated internet: in its network, with its
 * resolver (`ip netns exec` puts the files of /etc/netns over those of /etc), trusting its certificate authorities.
 */
export function onInternet(context: CloudContext, command: Command): [string, ...string[]] {
  const trust = join(internetState(context).trust, "trust.pem");
  const trusting = ["SSL_CERT_FILE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"].map(
    (name) => `${name}=${trust}`,
  );
  return ["ip", "netns", "exec", context.netns.internet, "env", ...trusting, ...command];
}

/** The command that runs another one as root on a machine of the cloud, or on the internet's with `internet`. */
export async function onMachine(
  { control, status }: Session,
  label: string,
  command: Command,
): Promise<[string, ...string[]]> {
  const machine = await control.machine(label);
  if (machine) return enterCommand(machine.leader, command);
  throw new Error(
    status.machines
      ? `No machine ${label} is on. Machines are called by the first label of their host name, or by instance id.`
      : "This cloud was started with --no-vm: its machines do not boot.",
  );
}
