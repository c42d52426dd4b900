import type { SecurityRule, Topology } from "../world";
import { chain, unlessEmpty } from "./nft";
import { portName } from "./ports";

type Interface = Topology["interfaces"][number];
type Direction = SecurityRule["direction"];
type Family = "ip" | "ip6";

/**
 * The chains `egress` and `ingress`, which a packet that begins a connection is sent to: what the security groups of
 * the interface at hand allow in one address family. Egress returns it to the hook's chain, ingress accepts it, and
 * both drop the rest.
 */
export function securityGroupChains(interfaces: readonly Interface[], family: Family): string[] {
  return [
    chain("egress", undefined, dispatch("iifname", "egress", interfaces)),
    chain("ingress", undefined, dispatch("oifname", "ingress", interfaces)),
    ...interfaces.flatMap((at) => [
      chain(chainName("egress", at), undefined, [...allowances(at, family, "egress", "return"), "drop"]),
      chain(chainName("ingress", at), undefined, [...allowances(at, family, "ingress", "accept"), "drop"]),
    ]),
  ];
}

/** Goes to the chain of the interface at hand, so that a `return` there comes back to the hook's chain. */
function dispatch(
  key: "iifname" | "oifname",
  direction: Direction,
  interfaces: readonly Interface[],
): string[] {
  const targets = interfaces.map((at) => `"${portName(at.instanceId)}" : goto ${chainName(direction, at)}`);
  return [...unlessEmpty(targets, (map) => `${key} vmap ${map}`), "drop"];
}

function chainName(direction: Direction, { instanceId }: Interface): string {
  return `${direction}-${portName(instanceId)}`;
}

/** What an interface's rules allow. */
function allowances({ rules }: Interface, family: Family, direction: Direction, verdict: string): string[] {
  const foreign = family === "ip" ? "icmpv6" : "icmp";
  const allowed = rules
    .filter((rule) => rule.direction === direction && rule.protocol !== foreign && familyOf(rule) === family)
    .map((rule) => [addressMatch(rule), protocolMatch(rule), verdict].filter(Boolean).join(" "));
  return [...new Set(allowed)];
}

function familyOf({ cidr }: SecurityRule): Family {
  return cidr.includes(":") ? "ip6" : "ip";
}

function addressMatch(rule: SecurityRule): string {
  const { direction, cidr } = rule;
  if (cidr.endsWith("/0")) return "";
  if (direction === "ingress") return `${familyOf(rule)} saddr ${cidr}`;
  // The address that the machine asked for, before it was translated.
  return familyOf(rule) === "ip" ? `ct original ip daddr ${cidr}` : `ip6 daddr ${cidr}`;
}

/** For ICMP the "ports" are type and code; -1 is any (EC2 API reference, IpPermission). */
function protocolMatch({ protocol, fromPort = -1, toPort = -1 }: SecurityRule): string {
  switch (protocol) {
    case "tcp":
    case "udp":
      if (fromPort === -1) return `meta l4proto ${protocol}`;
      return `${protocol} dport ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`;
    case "icmp":
    case "icmpv6":
      if (fromPort === -1) return `meta l4proto ${protocol}`;
      return toPort === -1
        ? `${protocol} type ${fromPort}`
        : `${protocol} type ${fromPort} ${protocol} code ${toPort}`;
    default:
      return "";
  }
}
