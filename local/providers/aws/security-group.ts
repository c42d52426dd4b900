import type { types } from "@pulumi/aws";
import type * as ec2 from "@pulumi/aws/ec2";
import type { Cloud } from "../cloud";
import { resource, ServiceError } from "../resource";
import { flag, integer, list, notEmulated, object, text } from "../shape";
import { cidrProblem } from "./cidr";
import { arn, commonOutputs, existing, newId, region, tags } from "./common";
import { ipv6CidrProblem } from "./ipv6";
import { descriptionProblem, portsProblem, protocols } from "./security-rules";

/** A security group, with rules inline or apart (`vpc.SecurityGroupIngressRule`). */
export function securityGroup(cloud: Cloud) {
  const { store, account } = cloud;
  return resource<ec2.SecurityGroupArgs, ec2.SecurityGroup>({
    inputs: {
      description: text({ default: "Managed by Pulumi", replaces: true, problem: descriptionProblem }),
      egress: inlineRules(),
      ingress: inlineRules(),
      name: text({ replaces: true, problem: nameProblem }),
      namePrefix: notEmulated,
      region: region(cloud),
      revokeRulesOnDelete: flag({ default: false }),
      tags,
      vpcId: text({ required: true, replaces: true }),
    },
    autoname: { property: "name" },
    create: async (config) => {
      const { name = "", vpcId = "" } = config;
      existing(store.get("vpc", vpcId), "InvalidVpcID.NotFound", "vpc", vpcId);
      if (store.all("securityGroup").some(([, { facts }]) => facts.vpcId === vpcId && facts.name === name))
        throw new ServiceError(
          "InvalidGroup.Duplicate",
          `The security group '${name}' already exists for VPC '${vpcId}'. Choose another name, or leave it out`,
        );
      const id = newId("sg");
      await cloud.add(
        "securityGroup",
        id,
        { config, facts: { name, vpcId, default: false } },
        cloud.applyNetwork,
      );
      return { id, state: describe(id) };
    },
    read: async (id) => (store.get("securityGroup", id) ? { id, state: describe(id) } : undefined),
    update: async (id, config) => {
      await cloud.change("securityGroup", id, { config, facts: row(id).facts }, cloud.applyNetwork);
      return describe(id);
    },
    delete: async (id) => {
      const users = usersOf(id);
      if (users.length)
        throw new ServiceError(
          "DependencyViolation",
          `resource ${id} has a dependent object: ${users.join(", ")}. Take the group away from it first`,
        );
      for (const [rule, { config }] of store.all("securityGroupRule"))
        if (config.securityGroupId === id) store.remove("securityGroupRule", rule);
      await cloud.drop("securityGroup", id, cloud.applyNetwork);
    },
  });

  function row(id: string) {
    return existing(store.get("securityGroup", id), "InvalidGroup.NotFound", "security group", id);
  }

  function usersOf(id: string): string[] {
    const instances = store.all("instance").filter(([, { facts }]) => facts.securityGroups.includes(id));
    const rules = store
      .all("securityGroupRule")
      .filter(([, { config }]) => config.referencedSecurityGroupId === id && config.securityGroupId !== id);
    return [...instances, ...rules].map(([user]) => user);
  }

  function describe(id: string) {
    const { config, facts } = row(id);
    return {
      ...commonOutputs(cloud, config),
      arn: arn(account, `security-group/${id}`),
      description: config.description ?? "",
      egress: config.egress ?? [],
      ingress: config.ingress ?? [],
      name: facts.name,
      namePrefix: "",
      ownerId: account.id,
      revokeRulesOnDelete: config.revokeRulesOnDelete,
      vpcId: facts.vpcId,
    };
  }
}

function inlineRules() {
  return list(
    object<types.input.ec2.SecurityGroupIngress>({
      cidrBlocks: list(text({ problem: cidrProblem })),
      description: text(),
      fromPort: integer({ required: true, problem: portsProblem }),
      ipv6CidrBlocks: list(text({ problem: ipv6CidrProblem })),
      prefixListIds: notEmulated,
      protocol: text({ required: true, oneOf: protocols }),
      securityGroups: list(text()),
      self: flag(),
      toPort: integer({ required: true, problem: portsProblem }),
    }),
    { computed: true, unordered: true },
  );
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
function nameProblem(name: string): string | undefined {
  if (name.startsWith("sg-")) return 'begins with "sg-", which only ids may';
  if (name === "default") return "is the name of every VPC's own group";
  return name.length > 255 ? "is longer than 255 characters" : descriptionProblem(name);
}
