import { type HostPart, part, publicFile } from "../bundle";
import { paths } from "../paths";
import { asset, fill } from "../template";

const unit = asset(__dirname, "mailserver-volume.service");
const program = asset(__dirname, "volume.py");

/** Where the volume shows up on a Nitro instance: by its id, whatever name it was attached under. */
export function volumeDevice(volumeId: string): string {
  return `/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${volumeId.replace("-", "")}`;
}

/**
 * The data volume. Programs keep the paths their packages know (and their units' sandboxes allow): what has to
 * outlive the machine is bound there from the volume.
 */
export function renderVolume(device: string, sizeGiB: number): HostPart {
  return part("volume", {
    files: [
      publicFile(`${paths.programs}/volume.py`, program),
      publicFile(
        "/etc/systemd/system/mailserver-volume.service",
        fill(unit, { programs: paths.programs, device, data: paths.data, sizeGiB: String(sizeGiB) }),
      ),
    ],
    prepare: [
      ["systemctl", "start", "mailserver-volume.service"],
      // Of a volume that grew while it is mounted.
      ["resize2fs", device],
    ],
    // To restart it would stop every service that needs it.
    services: [{ unit: "mailserver-volume.service", onChange: "wait" }],
  });
}

/**
 * A drop-in that keeps a service from starting without its data.
 * @param more sections that the drop-in has besides
 */
export function needsVolume(service: string, more = ""): ReturnType<typeof publicFile> {
  return publicFile(
    `/etc/systemd/system/${service}.d/mailserver.conf`,
    `[Unit]\nRequires=mailserver-volume.service\nAfter=mailserver-volume.service\n${more}`,
  );
}
