import { join } from "node:path";
import { type HostPart, part, publicFile } from "../bundle";
import { dnsModule } from "../dns";
import { onDemand } from "../on-demand";
import { paths } from "../paths";
import { pythonModules } from "../python";
import { asset, fill } from "../template";

const folder = `${paths.programs}/tls-policy`;
const program = `${folder}/main.py`;
const modules = pythonModules(join(__dirname, "policy"), folder);
const daemon = asset(__dirname, "mta-sts-daemon.yml");
const daemonUnit = asset(__dirname, "postfix-mta-sts-resolver.service.conf");
const service = asset(__dirname, "mailserver-tls-policy.service");
const socketUnit = asset(__dirname, "mailserver-tls-policy.socket");
const state = `${paths.data}/mta-sts`;

/** Where Postfix asks. */
export const tlsPolicySocket = "/run/mailserver-tls-policy.sock";

/**
 * The policies by which others want their mail transferred (MTA-STS), where DANE, which Postfix does by itself, has
 * nothing to say. Debian's package fetches and keeps them; both it and what asks it run only while mail goes out.
 */
export function renderTlsPolicy(): HostPart {
  return part("tls-policy", {
    files: [
      ...modules,
      dnsModule(folder),
      onDemand(folder),
      publicFile("/etc/mta-sts-daemon.yml", fill(daemon, { state })),
      publicFile(
        "/etc/systemd/system/postfix-mta-sts-resolver.service.d/mailserver.conf",
        fill(daemonUnit, { state }),
      ),
      publicFile("/etc/systemd/system/mailserver-tls-policy.service", fill(service, { program })),
      publicFile(
        "/etc/systemd/system/mailserver-tls-policy.socket",
        fill(socketUnit, { socket: tlsPolicySocket }),
      ),
    ],
    checks: [
      ["python3", "-B", "-c", `import sys; sys.path.insert(0, "${folder}"); import main`],
      [
        "python3",
        "-B",
        "-c",
        "from postfix_mta_sts_resolver.utils import load_config; load_config('/etc/mta-sts-daemon.yml')",
      ],
    ],
    directories: [{ path: state, mode: "0700", owner: "_mta-sts:_mta-sts" }],
    services: [{ unit: "mailserver-tls-policy.socket", onChange: "restart" }],
  });
}
