import { type HostPart, part, publicFile } from "../bundle";
import { paths } from "../paths";
import { asset, fill } from "../template";

const programs = `${paths.programs}/upkeep`;
const modules = ["rehearse.py", "stage.py", "state.py", "upgrade.py"].map((name) =>
  publicFile(`${programs}/${name}`, asset(__dirname, name)),
);
const apt = asset(__dirname, "apt.conf");
const needrestart = asset(__dirname, "needrestart.conf");
const upgradeService = asset(__dirname, "mailserver-upgrade.service");
const upgradeTimer = asset(__dirname, "mailserver-upgrade.timer");
const rebootService = asset(__dirname, "mailserver-reboot.service");
const rebootTimer = asset(__dirname, "mailserver-reboot.timer");

/**
 * Upgrades of the software, each tried on a copy of the system first.
 * @param reboot when to restart if an upgrade requires it, `HH:MM` in UTC, or `never`
 */
export function renderUpkeep(reboot: string): HostPart {
  const unit = (name: string, content: string) => publicFile(`/etc/systemd/system/${name}`, content);
  const restarts = reboot === "never" ? [] : [reboot];
  return part("upkeep", {
    files: [
      ...modules,
      // After Debian's own settings, which have 50 and 99 in front.
      publicFile("/etc/apt/apt.conf.d/99mailserver", fill(apt, { rehearse: `${programs}/rehearse.py` })),
      publicFile("/etc/needrestart/conf.d/mailserver.conf", needrestart),
      unit("mailserver-upgrade.service", fill(upgradeService, { programs })),
      unit("mailserver-upgrade.timer", fill(upgradeTimer, { time: hourBefore(reboot) })),
      ...restarts.flatMap((time) => [
        unit("mailserver-reboot.service", rebootService),
        unit("mailserver-reboot.timer", fill(rebootTimer, { time })),
      ]),
    ],
    checks: [
      ["apt-config", "dump"],
      [
        "python3",
        "-B",
        "-c",
        `import sys; sys.path.insert(0, "${programs}"); import rehearse, stage, upgrade`,
      ],
    ],
    // It waits for a shutdown to hold up, in 22 MB; what can be interrupted by one is mailserver-upgrade.service.
    prepare: [["systemctl", "disable", "--now", "--quiet", "unattended-upgrades.service"]],
    services: [
      { unit: "mailserver-upgrade.timer", onChange: "restart" },
      ...restarts.map(() => ({ unit: "mailserver-reboot.timer", onChange: "restart" }) as const),
    ],
  });
}

/** What is upgraded and what that requires happen in the same hour of the night. */
function hourBefore(time: string): string {
  const [hour = 0, minute = 0] = (time === "never" ? "03:30" : time).split(":").map(Number);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two((hour + 23) % 24)}:${two(minute)}`;
}
