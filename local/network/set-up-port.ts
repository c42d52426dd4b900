import { ipBatch, setSysctls } from "./command";
import { subnet } from "./subnet";

export interface PortSettings {
  readonly port: string;
  readonly privateIp: string;
  readonly subnetCidr: string;
}

/**
 * Sets up the cloud's end of a machine's cable. Each machine has a router to itself: the port has the gateway's
 * address, and answers for every other address of the subnet as well.
 */
export async function setUpPort(netns: string, { port, privateIp, subnetCidr }: PortSettings): Promise<void> {
  const { gateway, prefixLength } = subnet(subnetCidr);
  await setSysctls(netns, {
    [`ipv4.conf.${port}.proxy_arp`]: 1,
    [`ipv4.neigh.${port}.proxy_delay`]: 0,
  });
  await ipBatch(netns, [
    `address add ${gateway}/${prefixLength} dev ${port} noprefixroute`,
    `link set ${port} up`,
    `route add ${privateIp}/32 dev ${port}`,
  ]);
}
