import { join } from "node:path";
import { type HostPart, part, publicFile } from "../bundle";
import type { HostDeclaration } from "../declaration";
import { letters } from "../letters";
import { paths } from "../paths";
import { pythonModules } from "../python";
import { asset, fill } from "../template";

/** Where CloudWatch keeps the host's numbers; the host may write to no other. */
export const metricsNamespace = "Mailserver";

const directory = `${paths.programs}/watch`;
const modules = pythonModules(join(__dirname, "watch"), directory);

const places = { program: `${directory}/main.py`, agent: `${paths.programs}/agent` };
const state = `${paths.data}/watch`;
const command = `${directory}/mailserver-report`;

/**
 * What the host says of itself: numbers for Prometheus, written once a minute by a program that is not there in between,
 * and a daily report to the postmaster.
 */
export function renderWatch(host: Pick<HostDeclaration, "hostname" | "alarms">): HostPart {
  return part("watch", {
    files: [
      ...modules,
      letters(directory),
      publicFile(
        "/etc/mailserver/watch.json",
        `${JSON.stringify({
          hostname: host.hostname,
          namespace: host.alarms ? metricsNamespace : null,
          bans: paths.bans,
        })}\n`,
      ),
      { ...publicFile(command, fill(asset(__dirname, "mailserver-report"), places)), mode: "0755" },
      ...["mailserver-watch.service", "mailserver-report.service"].map((unit) =>
        publicFile(`/etc/systemd/system/${unit}`, fill(asset(__dirname, unit), { ...places, state })),
      ),
      ...["mailserver-watch.timer", "mailserver-report.timer"].map((unit) =>
        publicFile(`/etc/systemd/system/${unit}`, asset(__dirname, unit)),
      ),
    ],
    // That all its modules are there and load.
    checks: [
      ["python3", "-B", "-c", `import sys; sys.path[:0] = ["${directory}", "${places.agent}"]; import main`],
    ],
    prepare: [["ln", "-sfn", command, "/usr/local/sbin/mailserver-report"]],
    directories: [{ path: state, mode: "0700", owner: "root:root" }],
    services: [
      { unit: "mailserver-watch.timer", onChange: "restart" },
      { unit: "mailserver-report.timer", onChange: "restart" },
    ],
  });
}
