import { join } from "node:path";
import { type HostPart, part, publicFile } from "../bundle";
import { paths } from "../paths";
import { pythonModules } from "../python";

const directory = `${paths.programs}/reports`;
const modules = pythonModules(join(__dirname, "reports"), directory);

/** Who reads what strangers send: a user that owns the reports and nothing else. */
export const reportsUser = "mailreports";
export const reportsProgram = `${directory}/receive.py`;
/** The mailbox names, in each domain, that other servers may send reports to. */
export const reportNames = ["dmarc-reports", "tls-reports"] as const;

/** Reports that other mail servers send about the domains (DMARC, TLS): Postfix hands them to a program. */
export function renderReports(): HostPart {
  return part("reports", {
    files: [
      ...modules,
      publicFile(
        "/etc/sysusers.d/mailserver-reports.conf",
        `u ${reportsUser} - "Reports of other servers" /\n`,
      ),
    ],
    checks: [["python3", "-B", "-c", `import sys; sys.path.insert(0, "${directory}"); import receive`]],
    prepare: [["systemd-sysusers", "mailserver-reports.conf"]],
    directories: [{ path: `${paths.data}/reports`, mode: "0750", owner: `${reportsUser}:${reportsUser}` }],
  });
}
