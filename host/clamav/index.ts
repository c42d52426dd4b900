import { type HostPart, part, publicFile } from "../bundle";
import type { HostDeclaration } from "../declaration";
import { messageSizeOf } from "../message-size";
import { asset, fill } from "../template";

const run = "/run/clamav";
/** Where the scanner answers, once it has signatures. AppArmor's profile in Debian knows this path, and those below. */
export const clamdSocket = `${run}/clamd.ctl`;
const configuration = "/etc/clamav/clamd.conf";
const database = "/var/lib/clamav";
const scans = `${database}/scans`;

const clamd = asset(__dirname, "clamd.conf");
const freshclam = fill(asset(__dirname, "freshclam.conf"), { clamd: configuration });
const service = fill(asset(__dirname, "clamav-daemon.service"), { configuration, run, scans });
const path = fill(asset(__dirname, "clamav-daemon.path"), { database });
const updater = asset(__dirname, "clamav-freshclam.service.conf");

const unit = (name: string, content: string) => publicFile(`/etc/systemd/system/${name}`, content);

/** The virus scanner and its signatures. Rspamd asks it, see `host/rspamd/clamav.lua`. */
export function renderClamav(host: Pick<HostDeclaration, "messageBytes">): HostPart {
  return part("clamav", {
    files: [
      publicFile(configuration, fill(clamd, { socket: clamdSocket, scans, ...limits(messageSizeOf(host)) })),
      publicFile("/etc/clamav/freshclam.conf", freshclam),
      unit("clamav-daemon.service", service),
      unit("clamav-daemon.path", path),
      unit("clamav-freshclam.service.d/mailserver.conf", updater),
    ],
    // There is no check of its own, but to tell the version each reads its configuration and takes no wrong one.
    checks: [
      ["clamd", `--config-file=${configuration}`, "--version"],
      ["freshclam", "--config-file=/etc/clamav/freshclam.conf", "--version"],
    ],
    // Debian's other ways to start either.
    prepare: [
      [
        ...(["systemctl", "disable", "--now", "--quiet"] as const),
        ...["clamav-daemon.socket", "clamav-freshclam-once.service", "clamav-freshclam-once.timer"],
      ],
    ],
    directories: [{ path: scans, mode: "0700", owner: "clamav:clamav" }],
    // The scanner itself may have to wait for signatures, for minutes or for good.
    services: [
      { unit: "clamav-freshclam.service", onChange: "restart" },
      { unit: "clamav-daemon.path", onChange: "restart" },
    ],
  });
}

/** In bytes. Documents and archives unpack to several times their size. */
function limits(message: number) {
  return {
    // With what the host adds to it on the way.
    message: String(message + 2_000_000),
    unpacked: String(Math.max(400_000_000, 8 * message)),
  };
}
