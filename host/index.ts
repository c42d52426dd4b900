import type { Bundle } from "./bundle";
import type { HostDeclaration } from "./declaration";
import { hostPackages } from "./packages";

export { type Bundle, serializeBundle } from "./bundle";
export type { DkimKey, DomainDeclaration, HostDeclaration, MailboxDeclaration } from "./declaration";
export { hostPackages } from "./packages";
export { type BootDeclaration, renderUserData } from "./user-data";

/** Everything the host needs to become what is declared, each program's files rendered by its own folder. */
export function renderBundle(host: HostDeclaration): Bundle {
  return {
    format: 1,
    hostname: host.hostname,
    packages: hostPackages,
    volume: {
      device: `/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${host.dataVolumeId.replace("-", "")}`,
      mountpoint: "/srv/mailserver",
    },
    parts: [],
  };
}
