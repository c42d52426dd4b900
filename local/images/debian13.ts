import type { ImageRecipe } from "./recipe";

/**
 * Debian 13 as its image for EC2 has it, without what a container has no use for: kernel, boot loader, clock
 * synchronisation. Its packages come from the simulated internet's mirror, whose name stands where a vendor's image
 * has the vendor's; everything else comes with user-data.
 */
export const debian13: ImageRecipe = {
  name: "debian13",
  packages: [
    ...[
      "systemd",
      "systemd-sysv",
      "systemd-resolved",
      "libpam-systemd",
      "libnss-myhostname",
      "libnss-resolve",
    ],
    ...["dbus", "udev", "init", "cloud-init", "cloud-guest-utils", "dhcpcd-base", "openssh-server", "sudo"],
    ...["python3", "ca-certificates", "curl", "openssl", "gpgv", "apt-utils", "e2fsprogs", "locales"],
    ...["iproute2", "iputils-ping", "netbase", "procps", "less", "nano", "vim-tiny"],
  ],
  files: {
    "/etc/apt/sources.list.d/debian.sources": `Types: deb
URIs: http://mirror.test/debian
Suites: trixie trixie-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.test/debian-security
Suites: trixie-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`,
    // These two come from the cloud, whatever package brings others (dpkg(1), path-exclude).
    "/etc/dpkg/dpkg.cfg.d/90_local_cloud": "path-exclude=/usr/share/dns/root.*\n",
    "/etc/cloud/cloud.cfg.d/01_debian_cloud.cfg": `system_info:
  default_user:
    name: admin
    gecos: Debian
    lock_passwd: true
    groups: [adm, sudo]
    sudo: ["ALL=(ALL) NOPASSWD:ALL"]
    shell: /bin/bash
`,
    // Nobody else is at the other end of a machine's cable: asking whether an address or a name is taken would delay
    // each boot by seconds.
    "/etc/sysctl.d/90-local-cloud.conf": "net.ipv6.conf.ens5.accept_dad = 0\n",
    "/etc/systemd/resolved.conf.d/90-local-cloud.conf": "[Resolve]\nLLMNR=no\n",
    // Without the one data source named, ds-identify turns cloud-init off in a container; without the other setting
    // it installs a hook into udev, which a container doesn't have.
    "/etc/cloud/cloud.cfg.d/90_local_cloud.cfg": `datasource_list: [ Ec2 ]
updates: { network: { when: [ boot-new-instance ] } }
`,
  },
  setup: `
# Waiting some random time before asking for an address is for networks that have many machines.
echo nodelay >>/etc/dhcpcd.conf
ln -sf /run/systemd/resolve/resolv.conf /etc/resolv.conf
systemctl --quiet enable systemd-networkd systemd-resolved
systemctl --quiet mask console-getty.service getty@tty1.service apt-daily.timer apt-daily-upgrade.timer \\
  fstrim.timer e2scrub_all.timer
`,
};

/**
 * The same with packages installed beforehand, so that a first boot need not wait for them. Their services are off.
 * @param setup a shell script run after them, for what else a first boot should not wait for
 */
export function warm(base: ImageRecipe, packages: readonly string[], setup?: string): ImageRecipe {
  return { name: `${base.name}-warm`, base, packages, disableServices: true, setup };
}
