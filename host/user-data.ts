import { bootFiles } from "./agent";
import { publicFile } from "./bundle";

/** What the host has to know before it can fetch its bundle. */
export interface BootDeclaration {
  readonly hostname: string;
  /** The bucket's region. */
  readonly region: string;
  readonly bucket: string;
  /** The key of the bundle that the host applies. */
  readonly bundleKey: string;
  /** The key of the object in which the host reports its state. */
  readonly statusKey: string;
}

/**
 * cloud-init's user-data: it brings up the agent, which fetches everything else. The same bytes for the same
 * declaration, in clear so that no compressor's version shows, without secrets, well below EC2's limit of 16 KB.
 */
export function renderUserData(boot: BootDeclaration): string {
  const config = publicFile("/etc/mailserver/boot.json", `${JSON.stringify(boot)}\n`);
  const cloudConfig = {
    fqdn: boot.hostname,
    hostname: boot.hostname.split(".")[0],
    prefer_fqdn_over_hostname: true,
    // The host's name means what DNS says, on the host too.
    manage_etc_hosts: false,
    write_files: [config, ...bootFiles].map(({ path, mode, content }) => ({
      path,
      permissions: mode,
      content,
    })),
    runcmd: [["systemctl", "enable", "--now", "--no-block", "mailserver-agent.service"]],
  };
  // JSON is YAML.
  return `#cloud-config\n${JSON.stringify(cloudConfig, null, 1)}\n`;
}
