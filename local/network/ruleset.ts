import { internet } from "../context";
import type { Topology } from "../world";
import { chain, table, unlessEmpty } from "./nft";
import { anyPort, forwarded, linkLocal, portName, uplink } from "./ports";
import { ipv6Table } from "./ruleset-ipv6";
import { securityGroupChains } from "./security-groups";

/**
 * Turns the network as it should be into rules for nftables (nft(8)), to be loaded as one piece in the cloud's
 * namespace. They stand outside the machines, on the way to and from each machine's port:
 *
 * - a machine speaks from its own address only;
 * - security groups are checked when a connection begins, at both ends of it, and default to nothing;
 * - an Elastic IP is translated one to one; without one, and without a route, nothing goes to the internet;
 * - metadata, DHCP and the VPC's resolver are reached whatever the security groups say, as on EC2;
 * - the cloud's own services are reached at their addresses and ports only.
 *
 * The first table is for IPv4, the second for IPv6.
 */
export function ruleset(topology: Topology): string {
  const tables = [ipv4Table(topology), ipv6Table(topology), outboundPort25Table(topology.outboundPort25)];
  return tables.join("\n");
}

/** The Elastic IPs whose machine has a way to the internet; the others answer nobody. */
export function associationsInUse({ interfaces, addresses }: Topology): Association[] {
  return addresses.flatMap(({ publicIp, privateIp }) =>
    privateIp && interfaces.some((at) => at.internet && at.privateIp === privateIp)
      ? [{ publicIp, privateIp }]
      : [],
  );
}

export interface Association {
  readonly publicIp: string;
  readonly privateIp: string;
}

/**
 * For both families: AWS blocks port 25 of IPv6 addresses too. The counter of dropped packets is an object of this
 * table, which therefore is changed and never made anew.
 */
export const port25 = { table: "port25", counter: "dropped" } as const;

type Interface = Topology["interfaces"][number];

function ipv4Table(topology: Topology): string {
  const { interfaces } = topology;
  const associations = associationsInUse(topology);
  const outside = associations.map(({ privateIp }) => privateIp);
  const publicToPrivate = associations.map(({ publicIp, privateIp }) => `${publicIp} : ${privateIp}`);
  const privateToPublic = associations.map(({ publicIp, privateIp }) => `${privateIp} : ${publicIp}`);

  const chains = [
    chain("antispoof", "type filter hook prerouting priority raw; policy accept;", [
      `iifname ${anyPort} ip saddr 0.0.0.0 udp dport 67 accept`,
      ...unlessEmpty(
        interfaces.map(({ instanceId, privateIp }) => `"${portName(instanceId)}" . ${privateIp}`),
        (own) => `iifname . ip saddr ${own} accept`,
      ),
      `iifname ${anyPort} drop`,
    ]),

    chain("prerouting", "type nat hook prerouting priority dstnat; policy accept;", [
      `iifname ${anyPort} ip daddr ${linkLocal.resolver} meta l4proto { tcp, udp } th dport 53 dnat to ${internet.resolver}`,
      ...unlessEmpty(publicToPrivate, (map) => `dnat to ip daddr map ${map}`),
    ]),

    chain("postrouting", "type nat hook postrouting priority srcnat; policy accept;", [
      `ct original ip daddr ${linkLocal.resolver} snat to ${internet.cloud}`,
      ...unlessEmpty(privateToPublic, (map) => `oifname "${uplink}" snat to ip saddr map ${map}`),
      // From machine to machine by Elastic IP: the other end sees an Elastic IP, as anybody on the internet would.
      ...unlessEmpty(
        privateToPublic,
        (map) => `oifname ${anyPort} ct status dnat snat to ip saddr map ${map}`,
      ),
    ]),

    chain("input", "type filter hook input priority filter; policy drop;", [
      `iifname "lo" accept`,
      "ct state established,related accept",
      `iifname ${anyPort} udp sport 68 udp dport 67 accept`,
      `iifname ${anyPort} ip daddr ${linkLocal.metadata} tcp dport 80 accept`,
      `ip daddr != ${internet.storage} drop`,
      "tcp dport != 443 drop",
      `iifname "${uplink}" accept`,
      ...unlessEmpty(outside, (sources) => `ip saddr ${sources} jump egress`),
      ...unlessEmpty(outside, (sources) => `ip saddr ${sources} accept`),
    ]),

    chain("forward", "type filter hook forward priority filter; policy drop;", [
      `ct original ip daddr ${linkLocal.resolver} accept`,
      ...formerAssociations(associations),
      "ct state established,related accept",
      "ct state invalid drop",
      `iifname ${anyPort} jump egress`,
      `meta mark set ${forwarded}`,
      `iifname "${uplink}" ct status dnat accept`,
      ...unlessEmpty(
        outside,
        (sources) => `iifname ${anyPort} oifname "${uplink}" ip saddr ${sources} accept`,
      ),
      ...unlessEmpty(outside, (sources) => `iifname ${anyPort} ct status dnat ip saddr ${sources} accept`),
      ...vpcPrefixes(interfaces).map((vpc) => `iifname ${anyPort} ip saddr ${vpc} ip daddr ${vpc} accept`),
    ]),

    // After the source's translation, so that a group sees of another machine the address that the machine sees.
    chain("delivery", "type filter hook postrouting priority srcnat + 10; policy accept;", [
      `oifname ${anyPort} meta mark ${forwarded} jump ingress`,
    ]),

    ...securityGroupChains(interfaces, "ip"),
  ];
  return table("ip", "security", chains);
}

/** Connections end with the association of the Elastic IP that they go through; others outlive a change. */
function formerAssociations(associations: readonly Association[]): string[] {
  const pairs = associations.map(({ publicIp, privateIp }) => `${publicIp} . ${privateIp}`);
  const others = (key: string) => unlessEmpty(pairs, (set) => `${key} != ${set}`)[0] ?? "";
  return [
    `ct status dnat ct direction original ${others("ct original ip daddr . ip daddr")} drop`,
    `ct status dnat ct direction reply ${others("ct original ip daddr . ip saddr")} drop`,
    `ct status snat ct direction original ${others("ct reply ip daddr . ip saddr")} drop`,
    `ct status snat ct direction reply ${others("ct reply ip daddr . ip daddr")} drop`,
  ];
}

function outboundPort25Table(state: Topology["outboundPort25"]): string {
  const { table, counter } = port25;
  const drop = `add rule inet ${table} forward iifname ${anyPort} oifname "${uplink}" tcp dport 25 counter name ${counter} drop`;
  return `table inet ${table} {
  counter ${counter} {
  }
  chain forward {
    type filter hook forward priority filter - 10; policy accept;
  }
}
flush chain inet ${table} forward
${state === "blocked" ? `${drop}\n` : ""}`;
}

function vpcPrefixes(interfaces: readonly Interface[]): string[] {
  return [...new Set(interfaces.map(({ vpcCidr }) => vpcCidr))];
}
