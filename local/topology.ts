import type { Store } from "./store";
import type { Account, SecurityRule, Topology } from "./world";

/** The network as the store's resources together ask for it. */
export function topology(store: Store, account: Account): Topology {
  return {
    interfaces: store.all("instance").flatMap(([instanceId, { facts }]) => {
      const subnet = store.get("subnet", facts.subnetId);
      const vpc = subnet && store.get("vpc", subnet.config.vpcId);
      if (!vpc) return [];
      const { ipv6Address } = facts;
      return {
        instanceId,
        privateIp: facts.privateIp,
        subnetCidr: subnet.facts.cidr,
        vpcCidr: vpc.facts.cidr,
        mac: facts.mac,
        internet: reachesInternet(store, facts.subnetId, "0.0.0.0/0"),
        ...(ipv6Address
          ? {
              ipv6: {
                address: ipv6Address,
                vpcCidr: vpc.facts.ipv6?.cidr ?? "",
                internet: reachesInternet(store, facts.subnetId, "::/0"),
              },
            }
          : {}),
        rules: facts.securityGroups.flatMap((group) => rulesOf(store, group)),
      };
    }),
    addresses: [...elasticAddresses(store), ...launchAddresses(store)],
    outboundPort25: account.outboundPort25,
  };
}

/** The public address through which an instance is reached: an Elastic IP, else the one given at launch. */
export function addressOf(store: Store, instanceId: string): string | undefined {
  const privateIp = store.get("instance", instanceId)?.facts.privateIp;
  return elasticAddresses(store)
    .concat(launchAddresses(store))
    .find((address) => address.privateIp === privateIp)?.publicIp;
}

type Address = Topology["addresses"][number];

function elasticAddresses(store: Store): Address[] {
  const holders = new Map(
    store.all("addressAssociation").map(([, { facts }]) => [facts.allocationId, facts.instanceId]),
  );
  return store.all("address").map(([allocationId, { facts }]) => {
    const instanceId = holders.get(allocationId);
    const privateIp = instanceId && store.get("instance", instanceId)?.facts.privateIp;
    return privateIp ? { publicIp: facts.publicIp, privateIp } : { publicIp: facts.publicIp };
  });
}

function launchAddresses(store: Store): Address[] {
  return store
    .all("instance")
    .flatMap(([, { facts }]) =>
      facts.launchIp ? { publicIp: facts.launchIp, privateIp: facts.privateIp } : [],
    );
}

/** Whether the subnet's route table sends everything of a family to an internet gateway that is attached to its VPC. */
export function reachesInternet(store: Store, subnetId: string, destination: "0.0.0.0/0" | "::/0"): boolean {
  const subnet = store.get("subnet", subnetId);
  if (!subnet) return false;
  const associated = store
    .all("routeTableAssociation")
    .find(([, { config }]) => config.subnetId === subnetId);
  const tableId =
    associated?.[1].config.routeTableId ?? store.get("vpc", subnet.config.vpcId)?.facts.mainRouteTableId;
  const inline = store.get("routeTable", tableId ?? "")?.config.routes ?? [];
  const apart = store
    .all("route")
    .map(([, { config }]) => config)
    .filter((route) => route.routeTableId === tableId);
  const gateways = [
    ...inline.filter((route) => [route.cidrBlock, route.ipv6CidrBlock].includes(destination)),
    ...apart.filter((route) =>
      [route.destinationCidrBlock, route.destinationIpv6CidrBlock].includes(destination),
    ),
  ].map((route) => store.get("internetGateway", route.gatewayId ?? ""));
  return gateways.some((gateway) => gateway?.config.vpcId === subnet.config.vpcId);
}

function rulesOf(store: Store, groupId: string): SecurityRule[] {
  const apart = store
    .all("securityGroupRule")
    .filter(([, { config }]) => config.securityGroupId === groupId)
    .flatMap(([, { config, facts }]) =>
      [config.cidrIpv4, config.cidrIpv6, ...members(store, config.referencedSecurityGroupId)].flatMap(
        (cidr) =>
          cidr ? rule(facts.direction, config.ipProtocol, config.fromPort, config.toPort, cidr) : [],
      ),
    );
  const group = store.get("securityGroup", groupId);
  const inline = (["ingress", "egress"] as const).flatMap((direction) =>
    (group?.config[direction] ?? []).flatMap((entry) =>
      [
        ...(entry.cidrBlocks ?? []),
        ...(entry.ipv6CidrBlocks ?? []),
        ...(entry.securityGroups ?? []).flatMap((id) => members(store, id)),
        ...(entry.self ? members(store, groupId) : []),
      ].map((cidr) => rule(direction, entry.protocol, entry.fromPort, entry.toPort, cidr)),
    ),
  );
  return [...apart, ...inline];
}

/** A rule that names a security group means the addresses of its members in the VPC, whoever they are by then. */
function members(store: Store, groupId: string | undefined): string[] {
  if (!groupId) return [];
  return store
    .all("instance")
    .filter(([, { facts }]) => facts.securityGroups.includes(groupId))
    .flatMap(([, { facts }]) => [
      `${facts.privateIp}/32`,
      ...(facts.ipv6Address ? [`${facts.ipv6Address}/128`] : []),
    ]);
}

function rule(
  direction: SecurityRule["direction"],
  protocol: string,
  fromPort: number | undefined,
  toPort: number | undefined,
  cidr: string,
): SecurityRule {
  if (protocol === "-1") return { direction, protocol, cidr };
  return { direction, protocol: protocol as SecurityRule["protocol"], fromPort, toPort, cidr };
}
