import type { Topology } from "../world";
import { chain, table, unlessEmpty } from "./nft";
import { anyPort, forwarded, portName, uplink } from "./ports";
import { securityGroupChains } from "./security-groups";

/**
 * The IPv6 half of `ruleset`. Nothing is translated: a machine's address is the one that the internet knows.
 *
 * - A machine speaks from its own address only, on its cable from link-local ones too.
 * - Neighbour discovery, router solicitation and DHCPv6 work whatever the security groups say, as on EC2; messages
 *   about a connection, such as that a packet is too big, pass with it.
 * - Without a route for ::/0 nothing goes to the internet, and nothing comes from there.
 */
export function ipv6Table({ interfaces }: Topology): string {
  const having = interfaces.flatMap(({ instanceId, ipv6 }) => (ipv6 ? { instanceId, ...ipv6 } : []));
  const outside = having.filter(({ internet }) => internet).map(({ address }) => address);
  const vpcs = [...new Set(having.map(({ vpcCidr }) => vpcCidr))];

  return table("ip6", "security", [
    chain("antispoof", "type filter hook prerouting priority raw; policy accept;", [
      `iifname ${anyPort} ip6 saddr { ::, fe80::/10 } accept`,
      ...unlessEmpty(
        having.map(({ instanceId, address }) => `"${portName(instanceId)}" . ${address}`),
        (own) => `iifname . ip6 saddr ${own} accept`,
      ),
      `iifname ${anyPort} drop`,
    ]),

    chain("input", "type filter hook input priority filter; policy drop;", [
      `iifname "lo" accept`,
      "ct state established,related accept",
      "icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept",
      `iifname ${anyPort} icmpv6 type nd-router-solicit accept`,
      `iifname ${anyPort} udp sport 546 udp dport 547 accept`,
    ]),

    chain("forward", "type filter hook forward priority filter; policy drop;", [
      // Before the connections that are established: they end with the route.
      `iifname "${uplink}" ${others("daddr", outside)}drop`,
      `iifname ${anyPort} oifname "${uplink}" ${others("saddr", outside)}drop`,
      "ct state established,related accept",
      "ct state invalid drop",
      `iifname ${anyPort} jump egress`,
      `meta mark set ${forwarded}`,
      ...unlessEmpty(outside, (all) => `iifname "${uplink}" ip6 daddr ${all} accept`),
      ...unlessEmpty(outside, (all) => `oifname "${uplink}" ip6 saddr ${all} accept`),
      // Machines of two VPCs meet as they would on the internet.
      ...unlessEmpty(outside, (all) => `ip6 saddr ${all} ip6 daddr ${all} accept`),
      ...vpcs.map((vpc) => `ip6 saddr ${vpc} ip6 daddr ${vpc} accept`),
    ]),

    chain("delivery", "type filter hook postrouting priority srcnat + 10; policy accept;", [
      `oifname ${anyPort} meta mark ${forwarded} jump ingress`,
    ]),

    ...securityGroupChains(
      interfaces.filter(({ ipv6 }) => ipv6),
      "ip6",
    ),
  ]);
}

/** Matches all addresses but the given ones. */
function others(key: "saddr" | "daddr", addresses: readonly string[]): string {
  return addresses.length > 0 ? `ip6 ${key} != { ${addresses.join(", ")} } ` : "";
}
