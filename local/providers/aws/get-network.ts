import type * as ec2 from "@pulumi/aws/ec2";
import type { Inventory } from "../../inventory";
import type { Cloud } from "../cloud";
import type { Plain } from "../plain";
import { func } from "../resource";
import { map, notEmulated, text } from "../shape";
import { parseCidr } from "./cidr";
import { arn, commonOutputs, region, zoneIdOf } from "./common";
import { filters, hasTags, matches, onlyOne } from "./filters";

export function getVpc(cloud: Cloud) {
  const { store, account } = cloud;
  return func<ec2.GetVpcArgs, ec2.GetVpcResult>({
    inputs: {
      cidrBlock: text(),
      default: notEmulated,
      dhcpOptionsId: notEmulated,
      filters: filters(["vpc-id", "cidr"]),
      id: text(),
      region: region(cloud),
      state: text({ oneOf: ["available"] }),
      tags: map(text()),
    },
    run: async (args) => {
      const [id, { config, facts }] = onlyOne(
        store.all("vpc").filter(([id, { config, facts }]) => {
          const attributes = { "vpc-id": id, cidr: facts.cidr };
          const wanted = [args.id ?? id, args.cidrBlock ?? facts.cidr];
          return (
            `${wanted}` === `${[id, facts.cidr]}` &&
            hasTags(args.tags, config.tags) &&
            matches(args.filters, attributes)
          );
        }),
        "VPC",
      );
      return {
        arn: arn(account, `vpc/${id}`),
        cidrBlock: facts.cidr,
        cidrBlockAssociations: [],
        default: false,
        dhcpOptionsId: "default",
        enableDnsHostnames: config.enableDnsHostnames ?? false,
        enableDnsSupport: config.enableDnsSupport ?? true,
        enableNetworkAddressUsageMetrics: config.enableNetworkAddressUsageMetrics ?? false,
        filters: args.filters,
        id,
        instanceTenancy: "default",
        ipv6AssociationId: facts.ipv6?.associationId ?? "",
        ipv6CidrBlock: facts.ipv6?.cidr ?? "",
        ipv6CidrBlockAssociations: [],
        mainRouteTableId: facts.mainRouteTableId,
        ownerId: account.id,
        region: account.region,
        state: "available",
        tags: config.tags ?? {},
      };
    },
  });
}

export function getSubnet(cloud: Cloud) {
  const { store, account } = cloud;
  return func<ec2.GetSubnetArgs, ec2.GetSubnetResult>({
    inputs: {
      availabilityZone: text(),
      availabilityZoneId: notEmulated,
      cidrBlock: text(),
      defaultForAz: notEmulated,
      filters: filters(["subnet-id", "vpc-id", "cidr-block", "availability-zone"]),
      id: text(),
      ipv6CidrBlock: notEmulated,
      region: region(cloud),
      state: text({ oneOf: ["available"] }),
      tags: map(text()),
      vpcId: text(),
    },
    run: async (args) => {
      const [id, { config, facts }] = onlyOne(
        store.all("subnet").filter(([id, row]) => isWanted(args, id, row)),
        "EC2 Subnet",
      );
      const used = store.all("instance").filter(([, row]) => row.facts.subnetId === id).length;
      const { region, tagsAll: tags } = commonOutputs(cloud, config);
      return {
        arn: arn(account, `subnet/${id}`),
        assignIpv6AddressOnCreation: config.assignIpv6AddressOnCreation ?? false,
        availabilityZone: facts.availabilityZone,
        availabilityZoneId: zoneIdOf(account, facts.availabilityZone),
        availableIpAddressCount: parseCidr(facts.cidr).size - 5 - used,
        cidrBlock: facts.cidr,
        customerOwnedIpv4Pool: "",
        defaultForAz: false,
        enableDns64: false,
        enableLniAtDeviceIndex: 0,
        enableResourceNameDnsARecordOnLaunch: false,
        enableResourceNameDnsAaaaRecordOnLaunch: false,
        filters: args.filters,
        id,
        ipv6CidrBlock: facts.ipv6?.cidr ?? "",
        ipv6CidrBlockAssociationId: facts.ipv6?.associationId ?? "",
        ipv6Native: false,
        mapCustomerOwnedIpOnLaunch: false,
        mapPublicIpOnLaunch: config.mapPublicIpOnLaunch ?? false,
        outpostArn: "",
        ownerId: account.id,
        privateDnsHostnameTypeOnLaunch: "ip-name",
        region,
        state: "available",
        tags,
        vpcId: config.vpcId,
      };
    },
  });
}

function isWanted(
  args: Plain<ec2.GetSubnetArgs>,
  id: string,
  { config, facts }: Inventory["subnet"],
): boolean {
  const attributes = {
    "subnet-id": id,
    "vpc-id": config.vpcId,
    "cidr-block": facts.cidr,
    "availability-zone": facts.availabilityZone,
  };
  const asked: [string | undefined, string][] = [
    [args.id, id],
    [args.vpcId, config.vpcId],
    [args.cidrBlock, facts.cidr],
    [args.availabilityZone, facts.availabilityZone],
  ];
  const same = asked.every(([wanted, actual]) => wanted === undefined || wanted === actual);
  return same && hasTags(args.tags, config.tags) && matches(args.filters, attributes);
}
