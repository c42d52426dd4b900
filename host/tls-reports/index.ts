import { join } from "node:path";
import { type HostPart, part, publicFile } from "../bundle";
import type { HostDeclaration } from "../declaration";
import { paths } from "../paths";
import { pythonModules } from "../python";
import { reporter, reporting } from "../reporting";
import { asset, fill } from "../template";

const folder = `${paths.programs}/tls-reports`;
const program = `${folder}/main.py`;
const modules = pythonModules(join(__dirname, "reports"), folder);
const unit = (name: string) => asset(__dirname, name);
const units = {
  socket: unit("mailserver-tls-reports.socket"),
  collector: unit("mailserver-tls-reports.service"),
  sender: unit("mailserver-tls-reports-send.service"),
  timer: unit("mailserver-tls-reports-send.timer"),
};
const user = "tls-reports";
const state = `${paths.data}/tls-reports`;

/** Where Postfix tells of TLS sessions. */
export const tlsReportsSocket = "/run/mailserver-tls-reports.sock";

/**
 * Reports on TLS (RFC 8460) to domains that ask for them in DNS: what Postfix tells of each session is counted on the
 * data volume, and goes out once a day. Debian 13 has no package that does it.
 */
export function renderTlsReports(host: HostDeclaration): HostPart {
  const place = (name: string, text: string) => publicFile(`/etc/systemd/system/${name}`, text);
  return part("tls-reports", {
    files: [
      ...modules,
      ...reporting(folder),
      publicFile("/etc/mailserver/tls-reports.json", `${JSON.stringify({ ...reporter(host), state })}\n`),
      place("mailserver-tls-reports.socket", fill(units.socket, { socket: tlsReportsSocket })),
      place("mailserver-tls-reports.service", fill(units.collector, { program, user, state })),
      place("mailserver-tls-reports-send.service", fill(units.sender, { program, user, state })),
      place("mailserver-tls-reports-send.timer", units.timer),
      publicFile("/etc/sysusers.d/mailserver-tls-reports.conf", `u ${user} - "Reports on TLS"\n`),
    ],
    checks: [["python3", "-B", program, "check"]],
    prepare: [["systemd-sysusers", "mailserver-tls-reports.conf"]],
    directories: [{ path: state, mode: "0700", owner: `${user}:${user}` }],
    services: [
      { unit: "mailserver-tls-reports.socket", onChange: "restart" },
      { unit: "mailserver-tls-reports-send.timer", onChange: "restart" },
    ],
  });
}
