import type * as ec2 from "@pulumi/aws/ec2";
import type { Ipv6Block } from "../../inventory";
import type { Cloud } from "../cloud";
import { resource, ServiceError } from "../resource";
import { flag, notEmulated, text } from "../shape";
import { cidrProblem, overlaps, parseCidr } from "./cidr";
import { arn, commonOutputs, newId, region, tags } from "./common";
import { takeVpcBlock } from "./ipv6";

/** A VPC with what EC2 makes along with it: the main route table and the default security group. */
export function vpc(cloud: Cloud) {
  const { store, account } = cloud;
  return resource<ec2.VpcArgs, ec2.Vpc>({
    inputs: {
      assignGeneratedIpv6CidrBlock: flag({ default: false }),
      cidrBlock: text({ required: true, replaces: true, problem: vpcCidrProblem }),
      enableDnsHostnames: flag({ computed: true }),
      enableDnsSupport: flag({ default: true }),
      enableNetworkAddressUsageMetrics: flag({ computed: true }),
      instanceTenancy: text({ oneOf: ["default"], default: "default" }),
      ipv4IpamPoolId: notEmulated,
      ipv4NetmaskLength: notEmulated,
      ipv6CidrBlock: notEmulated,
      ipv6CidrBlockNetworkBorderGroup: notEmulated,
      ipv6IpamPoolId: notEmulated,
      ipv6NetmaskLength: notEmulated,
      region: region(cloud),
      tags,
    },
    makesAnew: (inputs, state) =>
      inputs.assignGeneratedIpv6CidrBlock === state.assignGeneratedIpv6CidrBlock
        ? []
        : ["ipv6AssociationId", "ipv6CidrBlock", "ipv6CidrBlockNetworkBorderGroup"],
    create: async (config) => {
      const cidr = config.cidrBlock ?? "";
      const other = store.all("vpc").find(([, { facts }]) => overlaps(facts.cidr, cidr));
      if (other)
        throw new ServiceError(
          "InvalidVpc.Conflict",
          `${cidr} overlaps ${other[1].facts.cidr} of ${other[0]}. EC2 would allow it; the local cloud routes all VPCs ` +
            "in one network, so give each a prefix of its own",
        );
      const [id, mainRouteTableId, defaultSecurityGroupId] = [newId("vpc"), newId("rtb"), newId("sg")];
      const ipv6 = config.assignGeneratedIpv6CidrBlock ? generatedBlock() : undefined;
      store.put("vpc", id, { config, facts: { cidr, mainRouteTableId, defaultSecurityGroupId, ipv6 } });
      store.put("routeTable", mainRouteTableId, { config: { vpcId: id }, facts: { main: true } });
      store.put("securityGroup", defaultSecurityGroupId, {
        config: {
          description: "default VPC security group",
          ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }],
          egress: [
            {
              protocol: "-1",
              fromPort: 0,
              toPort: 0,
              cidrBlocks: ["0.0.0.0/0"],
              ipv6CidrBlocks: ["::/0"],
            },
          ],
        },
        facts: { name: "default", vpcId: id, default: true },
      });
      return { id, state: describe(id) };
    },
    read: async (id) => (store.get("vpc", id) ? { id, state: describe(id) } : undefined),
    update: async (id, config) => {
      const { facts } = row(id);
      const wanted = config.assignGeneratedIpv6CidrBlock;
      if (!wanted && facts.ipv6) checkUnused(id, facts.ipv6.cidr);
      const ipv6 = wanted ? (facts.ipv6 ?? generatedBlock()) : undefined;
      store.put("vpc", id, { config, facts: { ...facts, ipv6 } });
      return describe(id);
    },
    delete: async (id) => {
      const found = store.get("vpc", id);
      if (!found) return;
      const dependents = dependentsOf(id);
      if (dependents.length)
        throw new ServiceError(
          "DependencyViolation",
          `The vpc '${id}' has dependencies and cannot be deleted: ${dependents.join(", ")}. Delete them first`,
        );
      store.remove("securityGroup", found.facts.defaultSecurityGroupId);
      store.remove("routeTable", found.facts.mainRouteTableId);
      store.remove("vpc", id);
    },
  });

  function row(id: string) {
    const found = store.get("vpc", id);
    if (!found) throw new ServiceError("InvalidVpcID.NotFound", `The vpc ID '${id}' does not exist`);
    return found;
  }

  function generatedBlock(): Ipv6Block {
    return { associationId: newId("vpc-cidr-assoc"), cidr: takeVpcBlock(cloud) };
  }

  function checkUnused(id: string, cidr: string): void {
    const users = store
      .all("subnet")
      .filter(([, { config, facts }]) => config.vpcId === id && facts.ipv6)
      .map(([subnet]) => subnet);
    if (users.length)
      throw new ServiceError(
        "InvalidCidrBlock.InUse",
        `The CIDR block ${cidr} of ${id} is in use by ${users.join(", ")} and cannot be disassociated. ` +
          "Take the ipv6CidrBlock away from those subnets first",
      );
  }

  function dependentsOf(id: string): string[] {
    return [
      ...store.all("subnet").filter(([, { config }]) => config.vpcId === id),
      ...store.all("internetGateway").filter(([, { config }]) => config.vpcId === id),
      ...store.all("routeTable").filter(([, { config, facts }]) => config.vpcId === id && !facts.main),
      ...store.all("securityGroup").filter(([, { facts }]) => facts.vpcId === id && !facts.default),
    ].map(([dependent]) => dependent);
  }

  function describe(id: string) {
    const { config, facts } = row(id);
    return {
      ...commonOutputs(cloud, config),
      arn: arn(account, `vpc/${id}`),
      assignGeneratedIpv6CidrBlock: facts.ipv6 !== undefined,
      cidrBlock: facts.cidr,
      defaultNetworkAclId: id.replace("vpc-", "acl-"),
      defaultRouteTableId: facts.mainRouteTableId,
      defaultSecurityGroupId: facts.defaultSecurityGroupId,
      dhcpOptionsId: "default",
      enableDnsHostnames: config.enableDnsHostnames ?? false,
      enableDnsSupport: config.enableDnsSupport,
      enableNetworkAddressUsageMetrics: config.enableNetworkAddressUsageMetrics ?? false,
      instanceTenancy: config.instanceTenancy,
      ipv4IpamPoolId: undefined,
      ipv4NetmaskLength: undefined,
      ipv6AssociationId: facts.ipv6?.associationId ?? "",
      ipv6CidrBlock: facts.ipv6?.cidr ?? "",
      ipv6CidrBlockNetworkBorderGroup: facts.ipv6 ? account.region : "",
      ipv6IpamPoolId: undefined,
      ipv6NetmaskLength: undefined,
      mainRouteTableId: facts.mainRouteTableId,
      ownerId: account.id,
    };
  }
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
function vpcCidrProblem(text: string): string | undefined {
  const problem = cidrProblem(text);
  if (problem) return problem;
  const { size } = parseCidr(text);
  return size > 2 ** 16 || size < 2 ** 4 ? "is not between a /16 and a /28" : undefined;
}
