import type * as ec2 from "@pulumi/aws/ec2";
import type { Ipv6Block } from "../../inventory";
import type { Cloud } from "../cloud";
import type { Plain } from "../plain";
import { resource, ServiceError } from "../resource";
import { flag, notEmulated, text } from "../shape";
import { cidrProblem, containsCidr, overlaps, parseCidr } from "./cidr";
import { arn, availabilityZones, commonOutputs, existing, newId, region, tags, zoneIdOf } from "./common";
import { containsIpv6, ipv6CidrProblem, ipv6Text, parseIpv6Cidr, sameIpv6Cidr } from "./ipv6";

export function subnet(cloud: Cloud) {
  const { store, account } = cloud;
  return resource<ec2.SubnetArgs, ec2.Subnet>({
    inputs: {
      assignIpv6AddressOnCreation: flag({ default: false }),
      availabilityZone: text({
        computed: true,
        replaces: true,
        oneOf: availabilityZones(account).map((zone) => zone.name),
      }),
      availabilityZoneId: notEmulated,
      cidrBlock: text({ required: true, replaces: true, problem: cidrProblem }),
      customerOwnedIpv4Pool: notEmulated,
      enableDns64: notEmulated,
      enableLniAtDeviceIndex: notEmulated,
      enableResourceNameDnsARecordOnLaunch: notEmulated,
      enableResourceNameDnsAaaaRecordOnLaunch: notEmulated,
      ipv4IpamPoolId: notEmulated,
      ipv4NetmaskLength: notEmulated,
      ipv6CidrBlock: text({ computed: true, problem: subnetIpv6Problem, same: sameIpv6Cidr }),
      ipv6IpamPoolId: notEmulated,
      ipv6Native: notEmulated,
      ipv6NetmaskLength: notEmulated,
      mapCustomerOwnedIpOnLaunch: notEmulated,
      mapPublicIpOnLaunch: flag({ default: false }),
      outpostArn: notEmulated,
      privateDnsHostnameTypeOnLaunch: notEmulated,
      region: region(cloud),
      tags,
      vpcId: text({ required: true, replaces: true }),
    },
    // As the real provider: another block can't take the place of one whose addresses are given by themselves.
    replacesAlso: (_, state) => (state.assignIpv6AddressOnCreation ? ["ipv6CidrBlock"] : []),
    create: async (config) => {
      const cidr = config.cidrBlock ?? "";
      const vpc = existing(store.get("vpc", config.vpcId), "InvalidVpcID.NotFound", "vpc", config.vpcId);
      if (!containsCidr(vpc.facts.cidr, cidr) || parseCidr(cidr).size < 16)
        throw new ServiceError(
          "InvalidSubnet.Range",
          `The CIDR '${cidr}' is invalid: choose a part of ${vpc.facts.cidr}, the prefix of ${config.vpcId}, of at least a /28`,
        );
      const other = store.all("subnet").find(
        ([
          ,
          {
            config: { vpcId },
            facts,
          },
        ]) => vpcId === config.vpcId && overlaps(facts.cidr, cidr),
      );
      if (other)
        throw new ServiceError(
          "InvalidSubnet.Conflict",
          `The CIDR '${cidr}' conflicts with another subnet: ${other[0]} has ${other[1].facts.cidr}`,
        );
      const id = newId("subnet");
      const ipv6 = ipv6Block(id, config);
      const availabilityZone = config.availabilityZone ?? `${account.region}a`;
      store.put("subnet", id, { config, facts: { cidr, availabilityZone, ipv6 } });
      return { id, state: describe(id) };
    },
    read: async (id) => (store.get("subnet", id) ? { id, state: describe(id) } : undefined),
    update: async (id, config) => {
      store.put("subnet", id, { config, facts: { ...row(id).facts, ipv6: ipv6Block(id, config) } });
      return describe(id);
    },
    delete: async (id) => {
      const instances = store.all("instance").filter(([, { facts }]) => facts.subnetId === id);
      if (instances.length)
        throw new ServiceError(
          "DependencyViolation",
          `The subnet '${id}' has dependencies and cannot be deleted: ${instances.map(([instance]) => instance).join(", ")}`,
        );
      store.remove("subnet", id);
    },
  });

  /** The block that the subnet has and keeps, or the one that it is to get. */
  function ipv6Block(id: string, config: Plain<ec2.SubnetArgs>): Ipv6Block | undefined {
    const before = store.get("subnet", id)?.facts.ipv6;
    const wanted = config.ipv6CidrBlock ? ipv6Text(parseIpv6Cidr(config.ipv6CidrBlock)) : before?.cidr;
    if (wanted === undefined && config.assignIpv6AddressOnCreation)
      throw new ServiceError(
        "InvalidParameterValue",
        `Invalid value 'true' for assign-ipv6-address-on-creation. Cannot set assign-ipv6-address-on-creation to true ` +
          `unless the subnet (${id}) has an IPv6 CIDR block associated with it. Give it an ipv6CidrBlock`,
      );
    if (wanted === undefined || wanted === before?.cidr) return before;
    if (before) checkUnused(id, before.cidr);
    checkIpv6Range(id, config.vpcId, wanted);
    return { associationId: newId("subnet-cidr-assoc"), cidr: wanted };
  }

  function checkUnused(id: string, cidr: string): void {
    const users = store
      .all("instance")
      .filter(([, { facts }]) => facts.subnetId === id && facts.ipv6Address)
      .map(([instance]) => instance);
    if (users.length)
      throw new ServiceError(
        "InvalidCidrBlock.InUse",
        `The CIDR block ${cidr} of ${id} is in use by ${users.join(", ")} and cannot be disassociated. ` +
          "Take the IPv6 addresses away from those instances first (ipv6AddressCount: 0)",
      );
  }

  function checkIpv6Range(id: string, vpcId: string, cidr: string): void {
    const outer = store.get("vpc", vpcId)?.facts.ipv6?.cidr;
    if (outer === undefined || !containsIpv6(outer, cidr))
      throw new ServiceError(
        "InvalidSubnet.Range",
        `The CIDR '${cidr}' is invalid: ` +
          (outer
            ? `choose a /64 of ${outer}, the IPv6 CIDR block of ${vpcId}`
            : `${vpcId} has no IPv6 CIDR block; give it one with assignGeneratedIpv6CidrBlock, and take the subnet's from its ipv6CidrBlock`),
      );
    const other = store
      .all("subnet")
      .find(([subnet, { facts }]) => subnet !== id && facts.ipv6?.cidr === cidr);
    if (other)
      throw new ServiceError(
        "InvalidSubnet.Conflict",
        `The CIDR '${cidr}' conflicts with another subnet: ${other[0]} has it`,
      );
  }

  function row(id: string) {
    return existing(store.get("subnet", id), "InvalidSubnetID.NotFound", "subnet", id);
  }

  function describe(id: string) {
    const { config, facts } = row(id);
    return {
      ...commonOutputs(cloud, config),
      arn: arn(account, `subnet/${id}`),
      assignIpv6AddressOnCreation: config.assignIpv6AddressOnCreation ?? false,
      availabilityZone: facts.availabilityZone,
      availabilityZoneId: zoneIdOf(account, facts.availabilityZone),
      cidrBlock: facts.cidr,
      customerOwnedIpv4Pool: undefined,
      enableDns64: false,
      enableLniAtDeviceIndex: undefined,
      enableResourceNameDnsARecordOnLaunch: false,
      enableResourceNameDnsAaaaRecordOnLaunch: false,
      ipv4IpamPoolId: undefined,
      ipv4NetmaskLength: undefined,
      ipv6CidrBlock: facts.ipv6?.cidr ?? "",
      ipv6CidrBlockAssociationId: facts.ipv6?.associationId ?? "",
      ipv6IpamPoolId: undefined,
      ipv6Native: false,
      ipv6NetmaskLength: undefined,
      mapCustomerOwnedIpOnLaunch: false,
      mapPublicIpOnLaunch: config.mapPublicIpOnLaunch,
      outpostArn: undefined,
      ownerId: account.id,
      privateDnsHostnameTypeOnLaunch: "ip-name",
      vpcId: config.vpcId,
    };
  }
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html; the local cloud routes whole /64 only. */
function subnetIpv6Problem(text: string): string | undefined {
  return (
    ipv6CidrProblem(text) ??
    (text.endsWith("/64") ? undefined : "is not a /64, the size of a subnet for IPv6")
  );
}
