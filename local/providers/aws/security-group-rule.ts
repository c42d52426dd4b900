import type * as vpc from "@pulumi/aws/vpc";
import type { Cloud } from "../cloud";
import type { Plain } from "../plain";
import { resource, ServiceError } from "../resource";
import { exactlyOneOf, known } from "../rules";
import { integer, notEmulated, text } from "../shape";
import { cidrProblem } from "./cidr";
import { arn, commonOutputs, existing, newId, region, tags } from "./common";
import { ipv6CidrProblem } from "./ipv6";
import { descriptionProblem, portsProblem, protocols } from "./security-rules";

/** One rule of a security group; ingress and egress differ in nothing but the direction. */
export function securityGroupRule(cloud: Cloud, direction: "ingress" | "egress") {
  const { store, account } = cloud;
  return resource<vpc.SecurityGroupIngressRuleArgs, vpc.SecurityGroupIngressRule>({
    inputs: {
      cidrIpv4: text({ problem: cidrProblem }),
      cidrIpv6: text({ problem: ipv6CidrProblem }),
      description: text({ problem: descriptionProblem }),
      fromPort: integer({ problem: portsProblem }),
      ipProtocol: text({ required: true, oneOf: protocols }),
      prefixListId: notEmulated,
      referencedSecurityGroupId: text(),
      region: region(cloud),
      securityGroupId: text({ required: true, replaces: true }),
      tags,
      toPort: integer({ problem: portsProblem }),
    },
    rules: (inputs) => {
      const problems = exactlyOneOf(inputs, ["cidrIpv4", "cidrIpv6", "referencedSecurityGroupId"]);
      const protocol = known(inputs.ipProtocol);
      const ports = [inputs.fromPort, inputs.toPort].filter((port) => port !== undefined).length;
      if (protocol === "-1" && ports > 0)
        problems.push({
          property: "fromPort, toPort",
          reason: "protocol -1 is all protocols and has no ports; leave them out",
        });
      if (protocol !== undefined && protocol !== "-1" && ports < 2)
        problems.push({ property: "fromPort, toPort", reason: `both are required for protocol ${protocol}` });
      const [from, to] = [known(inputs.fromPort), known(inputs.toPort)];
      if (from !== undefined && to !== undefined && from > to && protocol !== "icmp" && protocol !== "icmpv6")
        problems.push({ property: "fromPort, toPort", reason: `${from} is above ${to}` });
      return problems;
    },
    create: async (config) => {
      check(config);
      const id = newId("sgr");
      await cloud.add("securityGroupRule", id, { config, facts: { direction } }, cloud.applyNetwork);
      return { id, state: describe(id) };
    },
    read: async (id) => (store.get("securityGroupRule", id) ? { id, state: describe(id) } : undefined),
    update: async (id, config) => {
      check(config, id);
      await cloud.change("securityGroupRule", id, { config, facts: { direction } }, cloud.applyNetwork);
      return describe(id);
    },
    delete: (id) => cloud.drop("securityGroupRule", id, cloud.applyNetwork),
  });

  function check(config: Plain<vpc.SecurityGroupIngressRuleArgs>, own?: string): void {
    for (const group of [config.securityGroupId, config.referencedSecurityGroupId])
      if (group)
        existing(store.get("securityGroup", group), "InvalidGroup.NotFound", "security group", group);
    const twin = store
      .all("securityGroupRule")
      .find(
        ([id, row]) => id !== own && row.facts.direction === direction && key(row.config) === key(config),
      );
    if (twin)
      throw new ServiceError(
        "InvalidPermission.Duplicate",
        `the specified rule "peer: ${peer(config)}, ${config.ipProtocol}, ports ${config.fromPort ?? "all"} to ` +
          `${config.toPort ?? "all"}, ALLOW" already exists in ${config.securityGroupId} as ${twin[0]}; declare it once`,
      );
  }

  function describe(id: string) {
    const { config } = existing(
      store.get("securityGroupRule", id),
      "InvalidSecurityGroupRuleId.NotFound",
      "security group rule",
      id,
    );
    return {
      ...commonOutputs(cloud, config),
      arn: arn(account, `security-group-rule/${id}`),
      cidrIpv4: config.cidrIpv4,
      cidrIpv6: config.cidrIpv6,
      description: config.description,
      fromPort: config.fromPort,
      ipProtocol: config.ipProtocol,
      prefixListId: undefined,
      referencedSecurityGroupId: config.referencedSecurityGroupId,
      securityGroupId: config.securityGroupId,
      securityGroupRuleId: id,
      toPort: config.toPort,
    };
  }
}

function peer(config: Plain<vpc.SecurityGroupIngressRuleArgs>): string | undefined {
  return config.cidrIpv4 ?? config.cidrIpv6 ?? config.referencedSecurityGroupId;
}

/** What two rules of one group may not share. */
function key(config: Plain<vpc.SecurityGroupIngressRuleArgs>): string {
  return [config.securityGroupId, config.ipProtocol, config.fromPort, config.toPort, peer(config)].join(" ");
}
