import { join } from "node:path";
import { type HostPart, part, publicFile } from "../bundle";
import type { HostDeclaration, SendLimits } from "../declaration";
import { letters } from "../letters";
import { onDemand } from "../on-demand";
import { paths } from "../paths";
import { pythonModules } from "../python";
import { asset, fill } from "../template";

const folder = `${paths.programs}/send-limits`;
const program = `${folder}/main.py`;
const modules = pythonModules(join(__dirname, "limits"), folder);
const service = asset(__dirname, "mailserver-send-limits.service");
const socketUnit = asset(__dirname, "mailserver-send-limits.socket");
const user = "send-limits";
const state = `${paths.data}/send-limits`;

/** Where Postfix asks. */
export const sendLimitsSocket = "/run/mailserver-send-limits.sock";

/**
 * What no person sends by hand and a thief's spam soon does: a message every twelve seconds for an hour, and the
 * recipients that large providers allow a mailbox in a day.
 */
export const defaultSendLimits: Required<SendLimits> = { messagesPerHour: 300, recipientsPerDay: 2000 };

/**
 * How much each user may send, whatever password or address is used: a policy server of Postfix. It counts messages
 * and recipients in sliding windows, on the data volume.
 */
export function renderSendLimits(host: Pick<HostDeclaration, "mailboxes" | "sendLimits">): HostPart {
  const everybody = limits(host.sendLimits, defaultSendLimits);
  return part("send-limits", {
    files: [
      ...modules,
      onDemand(folder),
      letters(folder),
      publicFile(
        "/etc/mailserver/send-limits.json",
        `${JSON.stringify({
          state,
          everybody,
          users: Object.fromEntries(
            host.mailboxes.flatMap(({ address, sendLimits }) =>
              sendLimits ? [[address.toLowerCase(), limits(sendLimits, everybody)]] : [],
            ),
          ),
        })}\n`,
      ),
      publicFile(
        "/etc/systemd/system/mailserver-send-limits.service",
        fill(service, { program, user, state }),
      ),
      publicFile(
        "/etc/systemd/system/mailserver-send-limits.socket",
        fill(socketUnit, { socket: sendLimitsSocket }),
      ),
      publicFile("/etc/sysusers.d/mailserver-send-limits.conf", `u ${user} - "Limits of what users send"\n`),
    ],
    checks: [["python3", "-B", program, "check"]],
    prepare: [["systemd-sysusers", "mailserver-send-limits.conf"]],
    directories: [{ path: state, mode: "0700", owner: `${user}:${user}` }],
    services: [{ unit: "mailserver-send-limits.socket", onChange: "restart" }],
  });
}

/** A limit that was left out may be there as undefined. */
function limits(own: SendLimits = {}, others: Required<SendLimits>): Required<SendLimits> {
  return {
    messagesPerHour: own.messagesPerHour ?? others.messagesPerHour,
    recipientsPerDay: own.recipientsPerDay ?? others.recipientsPerDay,
  };
}
