import type { ImageRecipe } from "../images/recipe";

/** The internet machine: the software of its servers. How they are set up is laid over it at each start. */
export const internetImage: ImageRecipe = {
  name: "internet",
  packages: [
    ...["systemd", "systemd-sysv", "dbus", "iproute2", "ca-certificates", "curl"],
    ...["knot", "knot-dnsutils", "unbound", "pebble", "nginx-light"],
    ...["exim4-daemon-heavy", "libmail-dmarc-perl"],
  ],
  setup: `
systemctl --quiet enable systemd-networkd
systemctl --quiet mask console-getty.service getty@tty1.service apt-daily.timer apt-daily-upgrade.timer \\
  fstrim.timer e2scrub_all.timer
`,
};
