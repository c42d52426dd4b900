import { access } from "node:fs/promises";
import { withLock } from "./lock";
import { run } from "./run";
import { findOnPath, isExecutable } from "./toolchain/path";

/** What this machine lacks for machines to boot on it. Nothing was changed to find out. */
export interface Preflight {
  /** What nobody but the user can change; each goes on after "Machines can't boot here:". */
  readonly problems: readonly string[];
  /** Debian packages that are to be installed. */
  readonly packages: readonly string[];
}

/** Commands that the local cloud runs, with the Debian package of each. */
const commands = {
  "systemd-nspawn": "systemd-container",
  mmdebstrap: "mmdebstrap",
  nft: "nftables",
  dnsmasq: "dnsmasq-base",
  ip: "iproute2",
  sysctl: "procps",
  openssl: "openssl",
  losetup: "mount",
  flock: "util-linux",
  nsenter: "util-linux",
} as const;

/** Without it mmdebstrap can't check Debian's signatures. */
const keyring = { file: "/usr/share/keyrings/debian-archive-keyring.gpg", package: "debian-archive-keyring" };

/** Each is tried in namespaces of its own, where it leaves no trace. */
const trials: readonly { readonly script: string; readonly problem: string }[] = [
  {
    script: "true",
    problem:
      "no namespaces can be made, as in a container without privileges. Run it on the machine itself, or in a privileged container.",
  },
  {
    script: `mount -t tmpfs tmpfs /mnt && cd /mnt && mkdir lower upper work root &&
      mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work root`,
    problem: "the kernel does not mount overlay file systems (CONFIG_OVERLAY_FS).",
  },
  {
    script: "mount -t cgroup2 cgroup2 /mnt && [ -w /mnt/cgroup.procs ]",
    problem: "there are no control groups of version 2, or they can't be written to.",
  },
  {
    script: "losetup --find",
    problem: "there are no loop devices (/dev/loop-control).",
  },
  {
    script: "ip link add cable0 type veth peer name cable1 && ip link add bridge0 type bridge",
    problem: "the kernel has no virtual Ethernet or no bridges (CONFIG_VETH, CONFIG_BRIDGE).",
  },
  {
    script: `printf 'table ip t {
        map m { type ipv4_addr : ipv4_addr; }
        chain c { type nat hook prerouting priority dstnat; dnat to ip daddr map @m; }
      }\\n' | nft -f -`,
    problem: "the kernel does not translate addresses by nftables (CONFIG_NFT_NAT).",
  },
];

/** Finds out whether machines can boot here. */
export async function preflight(): Promise<Preflight> {
  if (process.platform !== "linux") {
    return { problems: [`they boot on Linux only, and this is ${process.platform}.`], packages: [] };
  }
  if (process.getuid?.() !== 0) {
    return {
      problems: ["only root can make machines, networks and volumes. Run it as root, for example with sudo."],
      packages: [],
    };
  }
  const packages = await missingPackages();
  if (packages.length > 0 && !(await isDebian())) {
    return {
      problems: [`these Debian packages or their like are missing: ${packages.join(", ")}.`],
      packages: [],
    };
  }
  return { problems: await failedTrials(), packages };
}

/** Installs Debian packages, without what they recommend. One at a time does it; of the others each waits. */
export function installPackages(packages: readonly string[]): Promise<void> {
  return withLock(
    "/run/pulumi-mailserver-packages.lock",
    () => {},
    () => install(packages),
  );
}

async function install(packages: readonly string[]): Promise<void> {
  const command = ["apt-get", "install", "--yes", "--no-install-recommends", ...packages] as const;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    await run(command, { env });
  } catch {
    // The lists can be missing, as in a fresh container, or name versions that the mirror no longer has.
    await run(["apt-get", "update"], { env });
    await run(command, { env });
  }
}

async function missingPackages(): Promise<string[]> {
  const missing = new Set<string>();
  for (const [command, name] of Object.entries(commands)) {
    if (!(await findOnPath(command, process.env))) missing.add(name);
  }
  if (!(await exists(keyring.file))) missing.add(keyring.package);
  return [...missing];
}

async function failedTrials(): Promise<string[]> {
  const problems: string[] = [];
  for (const { script, problem } of trials) {
    if (!(await succeeds(script))) problems.push(problem);
  }
  return problems;
}

/** A trial whose command is still to be installed is left for the next time. */
async function succeeds(script: string): Promise<boolean> {
  const { code } = await run(
    ["unshare", "--net", "--mount", "--propagation", "private", "sh", "-c", script],
    {
      accept: Array.from({ length: 256 }, (_, status) => status),
    },
  );
  return code === 0 || code === 127;
}

async function isDebian(): Promise<boolean> {
  return (await isExecutable("/usr/bin/apt-get")) && (await exists("/etc/debian_version"));
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
