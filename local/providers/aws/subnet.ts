import type * as ec2 from "@pulumi/aws/ec2";
import type { Cloud } from "../cloud";
import { resource, ServiceError } from "../resource";
import { flag, notEmulated, text } from "../shape";
import { cidrProblem, containsCidr, overlaps, parseCidr } from "./cidr";
import { arn, availabilityZones, commonOutputs, existing, newId, region, tags, zoneIdOf } from "./common";

export function subnet(cloud: Cloud) {
  const { store, account } = cloud;
  return resource<ec2.SubnetArgs, ec2.Subnet>({
    inputs: {
      assignIpv6AddressOnCreation: notEmulated,
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
      ipv6CidrBlock: notEmulated,
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
      const availabilityZone = config.availabilityZone ?? `${account.region}a`;
      store.put("subnet", id, { config, facts: { cidr, availabilityZone } });
      return { id, state: describe(id) };
    },
    read: async (id) => (store.get("subnet", id) ? { id, state: describe(id) } : undefined),
    update: async (id, config) => {
      store.put("subnet", id, { config, facts: row(id).facts });
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

  function row(id: string) {
    return existing(store.get("subnet", id), "InvalidSubnetID.NotFound", "subnet", id);
  }

  function describe(id: string) {
    const { config, facts } = row(id);
    return {
      ...commonOutputs(cloud, config),
      arn: arn(account, `subnet/${id}`),
      assignIpv6AddressOnCreation: false,
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
      ipv6CidrBlock: "",
      ipv6CidrBlockAssociationId: "",
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
