import type { MachineSpec } from "../world";
import { ipBatch, setSysctls } from "./command";
import { subnet } from "./subnet";

export interface PortSettings {
  readonly port: string;
  readonly privateIp: string;
  readonly subnetCidr: string;
  readonly ipv6?: MachineSpec["ipv6"];
}

/**
 * Sets up the cloud's end of a machine's cable, as far as it isn't yet. Each machine has a router to itself: the port
 * has the gateway's address, and answers for every other address of the subnet as well.
 */
export async function setUpPort(netns: string, settings: PortSettings): Promise<void> {
  const { port, privateIp, subnetCidr, ipv6 } = settings;
  const { gateway, prefixLength } = subnet(subnetCidr);
  await setSysctls(netns, {
    [`ipv4.conf.${port}.proxy_arp`]: 1,
    [`ipv4.neigh.${port}.proxy_delay`]: 0,
    // Whatever addresses and routes of IPv6 it had go with this.
    [`ipv6.conf.${port}.disable_ipv6`]: 1,
  });
  if (ipv6) await setSysctls(netns, { [`ipv6.conf.${port}.disable_ipv6`]: 0 });
  await ipBatch(netns, [
    `address replace ${gateway}/${prefixLength} dev ${port} noprefixroute`,
    `link set ${port} up`,
    `route replace ${privateIp}/32 dev ${port}`,
    ...(ipv6 ? ipv6Lines(port, ipv6) : []),
  ]);
}

function ipv6Lines(port: string, { address, subnetCidr }: NonNullable<PortSettings["ipv6"]>): string[] {
  return [
    `address replace ${ipv6Gateway(subnetCidr)}/64 dev ${port} noprefixroute`,
    `route replace ${address}/128 dev ${port}`,
  ];
}

/** The first address of the subnet, which like the others at its beginning is the router's own on EC2. */
function ipv6Gateway(cidr: string): string {
  return cidr.replace(/::\/64$/, "::1");
}
