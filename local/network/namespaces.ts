import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type CloudContext, internet } from "../context";
import { run } from "../run";
import { ipBatch, runIn, setSysctls } from "./command";
import { linkLocal, uplink } from "./ports";

/** The bridge that is the simulated internet: every host on it has a port there. */
export const internetBridge = "inet0";

/**
 * Makes the two networks of a cloud: the simulated internet, a bridge with a stranger's address, and the cloud's own
 * router on it. Nothing connects them with this machine's network.
 * @throws if they are there already; `removeNamespaces` before
 */
export async function createNamespaces({ netns }: CloudContext): Promise<void> {
  await run(["ip", "netns", "add", netns.internet]);
  await run(["ip", "netns", "add", netns.cloud]);
  // Neither takes over what this machine has set for its own network.
  const router = {
    "ipv4.conf.all.rp_filter": 0,
    "ipv4.conf.default.rp_filter": 0,
    // Switched on where it is wanted. Nobody else would have an address that is given here, so none is asked for.
    "ipv6.conf.default.disable_ipv6": 1,
    "ipv6.conf.default.accept_dad": 0,
  };
  await setSysctls(netns.internet, router);
  await setSysctls(netns.cloud, {
    ...router,
    "ipv4.ip_forward": 1,
    "ipv4.conf.all.send_redirects": 0,
    "ipv4.conf.default.send_redirects": 0,
    "ipv6.conf.all.forwarding": 1,
  });
  await ipBatch(netns.internet, [
    "link set lo up",
    `link add ${internetBridge} type bridge forward_delay 0 mcast_snooping 0`,
    `addr add ${internet.stranger}/24 dev ${internetBridge}`,
    `link set ${internetBridge} up`,
    `link add cloud0 type veth peer name ${uplink} netns ${netns.cloud}`,
    `link set cloud0 master ${internetBridge} up`,
  ]);
  await keepBridgeFromFilters(netns.internet);
  await ipBatch(netns.cloud, [
    "link set lo up",
    ...Object.values(linkLocal).map((address) => `addr add ${address}/32 dev lo`),
    `addr add ${internet.cloud}/24 dev ${uplink}`,
    `addr add ${internet.storage}/32 dev ${uplink}`,
    `link set ${uplink} up`,
  ]);
  await addIpv6(netns);
  await writeResolverFiles(netns.internet);
}

async function addIpv6(netns: CloudContext["netns"]): Promise<void> {
  const { stranger, cloud, vpcPool } = internet.ipv6;
  await setSysctls(netns.internet, { [`ipv6.conf.${internetBridge}.disable_ipv6`]: 0 });
  await ipBatch(netns.internet, [
    `addr add ${stranger}/64 dev ${internetBridge}`,
    `route add ${vpcPool} via ${cloud} dev ${internetBridge}`,
  ]);
  await setSysctls(netns.cloud, { [`ipv6.conf.${uplink}.disable_ipv6`]: 0 });
  await ipBatch(netns.cloud, [`addr add ${cloud}/64 dev ${uplink}`]);
}

/** Removes both networks with all that is plugged into them; processes in them are not ended. Nothing happens if they are gone. */
export async function removeNamespaces({ netns }: CloudContext): Promise<void> {
  const { stdout } = await run(["ip", "netns", "list"]);
  const present = stdout.split("\n").map((line) => line.split(" ")[0]);
  for (const name of [netns.cloud, netns.internet]) {
    if (present.includes(name)) await run(["ip", "netns", "delete", name]);
    await rm(join("/etc/netns", name), { recursive: true, force: true });
  }
}

/** With bridge netfilter on, the bridge's frames would pass through connection tracking a second time. */
async function keepBridgeFromFilters(netns: string): Promise<void> {
  const settings = ["iptables", "ip6tables"].map((what) => `/proc/sys/net/bridge/bridge-nf-call-${what}`);
  const script = "for setting; do if [ -e $setting ]; then echo 0 >$setting; fi; done";
  await runIn(netns, ["sh", "-c", script, "sh", ...settings]);
}

/**
 * `ip netns exec` puts these over the files of the same names in /etc, so that a host on the simulated internet asks
 * its resolver, and not this machine's through systemd-resolved or mDNS.
 */
async function writeResolverFiles(netns: string): Promise<void> {
  const dir = join("/etc/netns", netns);
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, "resolv.conf"), `nameserver ${internet.resolver}\n`);
  const switches = await readFile("/etc/nsswitch.conf", "utf8").catch(() => "hosts: files dns\n");
  await writeFile(join(dir, "nsswitch.conf"), switches.replace(/^hosts:.*$/m, "hosts: files dns"));
}
