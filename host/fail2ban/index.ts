import { posix } from "node:path";
import { type HostPart, part, publicFile } from "../bundle";
import { paths } from "../paths";
import { asset, fill } from "../template";
import { needsVolume } from "../volume";

const settings = asset(__dirname, "fail2ban.local");
const jails = asset(__dirname, "jail.local");
const filter = asset(__dirname, "mailserver-login.conf");
const action = asset(__dirname, "mailserver-nftables.conf");
const byNetwork = asset(__dirname, "count_by_network.py");
const unit = asset(__dirname, "fail2ban.service.conf");

const byNetworkPath = `${paths.programs}/fail2ban/count_by_network.py`;
const data = posix.dirname(paths.bans);

/**
 * Bans of addresses that fail to log in, at the mail services and at SSH.
 * @param allow networks that are never banned
 */
export function renderFail2ban(allow: readonly string[]): HostPart {
  return part("fail2ban", {
    files: [
      publicFile("/etc/fail2ban/fail2ban.local", fill(settings, { database: paths.bans })),
      publicFile(
        "/etc/fail2ban/jail.local",
        fill(jails, { allow: allow.map((network) => ` ${network}`).join(""), byNetwork: byNetworkPath }),
      ),
      publicFile(
        "/etc/fail2ban/action.d/mailserver-nftables.conf",
        fill(action, { allow: exceptions(allow) }),
      ),
      publicFile(byNetworkPath, byNetwork),
      publicFile("/etc/fail2ban/filter.d/mailserver-login.conf", filter),
      needsVolume("fail2ban.service"),
      publicFile("/etc/systemd/system/fail2ban.service.d/sandbox.conf", fill(unit, { data })),
    ],
    checks: [["fail2ban-client", "--test"]],
    directories: [{ path: data, mode: "0700", owner: "root:root" }],
    services: [{ unit: "fail2ban.service", onChange: "reload" }],
  });
}

/** Of IPv4 nobody is banned with others. */
function exceptions(allow: readonly string[]): string {
  const networks = allow.filter((network) => network.includes(":"));
  return networks.length === 0 ? "" : `ip6 saddr != \\{ ${networks.join(", ")} \\} `;
}
