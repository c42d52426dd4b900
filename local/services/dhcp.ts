import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { linkLocal } from "../network/ports";
import { subnet } from "../network/subnet";
import type { MachineSpec } from "../world";

export interface DhcpOptions {
  /** The network namespace and the port in it that the only client is at. */
  readonly netns: string;
  readonly port: string;
  readonly mac: string;
  readonly address: string;
  readonly subnetCidr: string;
  readonly ipv6?: MachineSpec["ipv6"];
  /** A file for what it logs. */
  readonly log: string;
  /** A control group's directory to run in. */
  readonly cgroup: string;
}

export interface DhcpServer {
  stop(): Promise<void>;
}

/**
 * Hands one machine its addresses, its router, and the VPC's resolver, by dnsmasq. The IPv6 address is told by DHCPv6,
 * the router by advertisements (RFC 4861), as on EC2.
 * @throws if dnsmasq ends before it listens
 */
export function serveDhcp(options: DhcpOptions): Promise<DhcpServer> {
  const { network, netmask, gateway } = subnet(options.subnetCidr);
  const { ipv6 } = options;
  const command = [
    "dnsmasq",
    "--keep-in-foreground",
    "--conf-file=/dev/null",
    "--pid-file",
    "--port=0",
    `--interface=${options.port}`,
    "--except-interface=lo",
    "--bind-interfaces",
    "--log-facility=-",
    "--no-ping",
    "--leasefile-ro",
    "--dhcp-authoritative",
    `--dhcp-range=${network},static,${netmask},1h`,
    `--dhcp-host=${[options.mac, options.address, ...(ipv6 ? [`[${ipv6.address}]`] : [])].join(",")}`,
    `--dhcp-option=option:router,${gateway}`,
    `--dhcp-option=option:dns-server,${linkLocal.resolver}`,
    ...(ipv6 ? ipv6Arguments(ipv6.subnetCidr) : []),
  ];
  const script =
    'echo $$ >"$1/cgroup.procs"; netns=$2; shift 2; exec nsenter --net="/run/netns/$netns" -- "$@"';
  const child = spawn("sh", ["-euc", script, "dhcp", options.cgroup, options.netns, ...command], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  child.stderr.pipe(createWriteStream(options.log, { flags: "a" }));
  const exited = new Promise<void>((resolve) => child.on("close", () => resolve()));
  return new Promise((resolve, reject) => {
    let said = "";
    child.on("error", reject);
    child.on("exit", () => reject(new Error(`The DHCP server for ${options.address} ended: ${said.trim()}`)));
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk;
      if (!/sockets bound/.test(said)) return;
      child.stderr.removeAllListeners("data");
      child.stderr.resume();
      resolve({
        stop: async () => {
          child.kill();
          await exited;
        },
      });
    });
  });
}

/** The subnet is off the link: what is for other machines in it goes to the router, which has a cable for each. */
function ipv6Arguments(cidr: string): string[] {
  const [network] = cidr.split("/");
  return ["--enable-ra", `--dhcp-range=${network},static,off-link,64,1h`];
}
