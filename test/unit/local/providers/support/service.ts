import { aws } from "../../../../../local/providers/aws/package";
import type { Cloud } from "../../../../../local/providers/cloud";
import { cloudflare } from "../../../../../local/providers/cloudflare/package";
import * as operations from "../../../../../local/providers/operations";
import type { Properties } from "../../../../../local/providers/values";
import { testCloud } from "./cloud";

/** A resource as the engine would hold it. */
export interface Held {
  readonly type: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly state: Properties;
}

const tokens = {
  MetricAlarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
  Vpc: "aws:ec2/vpc:Vpc",
  Subnet: "aws:ec2/subnet:Subnet",
  InternetGateway: "aws:ec2/internetGateway:InternetGateway",
  RouteTable: "aws:ec2/routeTable:RouteTable",
  Route: "aws:ec2/route:Route",
  RouteTableAssociation: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  SecurityGroup: "aws:ec2/securityGroup:SecurityGroup",
  IngressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  EgressRule: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  Instance: "aws:ec2/instance:Instance",
  Eip: "aws:ec2/eip:Eip",
  EipAssociation: "aws:ec2/eipAssociation:EipAssociation",
  EipDomainName: "aws:ec2/eipDomainName:EipDomainName",
  Volume: "aws:ebs/volume:Volume",
  VolumeAttachment: "aws:ec2/volumeAttachment:VolumeAttachment",
  Role: "aws:iam/role:Role",
  RolePolicy: "aws:iam/rolePolicy:RolePolicy",
  InstanceProfile: "aws:iam/instanceProfile:InstanceProfile",
  Bucket: "aws:s3/bucket:Bucket",
  BucketObject: "aws:s3/bucketObjectv2:BucketObjectv2",
  BucketPolicy: "aws:s3/bucketPolicy:BucketPolicy",
  BucketPublicAccessBlock: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  DnsRecord: "cloudflare:index/dnsRecord:DnsRecord",
  Zone: "cloudflare:index/zone:Zone",
  ZoneDnssec: "cloudflare:index/zoneDnssec:ZoneDnssec",
} as const;

export type ShortType = keyof typeof tokens;

/**
 * The services behind the providers, asked as the engine asks them but without one.
 * @param apiToken of the Cloudflare provider
 */
export function openServices(cloud: Cloud = testCloud(), apiToken?: string) {
  const packages = {
    aws: aws(cloud),
    cloudflare: operations.configure(cloudflare(cloud), apiToken === undefined ? {} : { apiToken }),
  };
  const packageOf = (type: string) => packages[type.split(":")[0] as keyof typeof packages];

  function checked(type: string, olds: Properties, news: Properties): Properties {
    const { inputs, problems } = operations.check(packageOf(type), { type, name: "test" }, olds, news);
    if (problems.length)
      throw new Error(problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
    return inputs;
  }

  return {
    cloud,
    create: async (short: ShortType, news: Properties): Promise<Held> => {
      const type = tokens[short];
      const inputs = checked(type, {}, news);
      const { id, state } = await operations.create(packageOf(type), { type, name: "test" }, inputs, false);
      return { type, id, inputs, state };
    },
    update: async (held: Held, news: Properties): Promise<Held> => {
      const { type, id } = held;
      const inputs = checked(type, held.inputs, news);
      const state = await operations.update(
        packageOf(type),
        { type, name: "test" },
        id,
        inputs,
        held.state,
        false,
      );
      return { type, id, inputs, state };
    },
    invoke: async (token: string, args: Properties): Promise<Properties> => {
      const { inputs, problems } = await operations.invoke(packageOf(token), token, args);
      if (problems.length)
        throw new Error(problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
      return inputs;
    },
    /** @returns undefined when it is gone */
    refresh: async (held: Held): Promise<Held | undefined> => {
      const { type, id, inputs, state } = held;
      const found = await operations.read(packageOf(type), { type, name: "test" }, id, inputs, state);
      return found && { ...held, ...found };
    },
    remove: ({ type, id, state }: Held): Promise<void> =>
      operations.remove(packageOf(type), { type, name: "test" }, id, state),
  };
}

export type TestServices = ReturnType<typeof openServices>;

export const images = { amd64: "ami-00000000000000130", arm64: "ami-00000000000000131" };

/** A subnet that reaches the internet, with a machine in it. */
export async function openNetwork({ create }: TestServices) {
  const vpc = await create("Vpc", { cidrBlock: "10.0.0.0/16" });
  const gateway = await create("InternetGateway", { vpcId: vpc.id });
  const subnet = await create("Subnet", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });
  const group = await create("SecurityGroup", { vpcId: vpc.id });
  const machine = {
    ami: images.amd64,
    instanceType: "t3.micro",
    subnetId: subnet.id,
    vpcSecurityGroupIds: [group.id],
  };
  return { vpc, gateway, subnet, group, machine, instance: await create("Instance", machine) };
}
