import { type HostPart, part, publicFile } from "../bundle";
import { paths } from "../paths";
import { asset, fill } from "../template";

const program = asset(__dirname, "purge.py");
const unit = asset(__dirname, "mailserver-purge.service");

const list = "/etc/mailserver/purged";

/**
 * Deletes the mail of mailboxes that there are no longer. It is done anew at each boot and with each change, because
 * what is gone stays gone. @param addresses none of a declared mailbox
 */
export function renderPurge(addresses: readonly string[]): HostPart {
  if (addresses.length === 0) return part("purge", {});
  return part("purge", {
    files: [
      publicFile(`${paths.programs}/purge.py`, program),
      publicFile(list, addresses.map((address) => `${address}\n`).join("")),
      publicFile(
        "/etc/systemd/system/mailserver-purge.service",
        fill(unit, { programs: paths.programs, list, mail: `${paths.data}/mail` }),
      ),
    ],
    services: [{ unit: "mailserver-purge.service", onChange: "restart" }],
  });
}
