import { InstanceProfile } from "@pulumi/aws/iam/instanceProfile";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import * as pulumi from "@pulumi/pulumi";

export interface HostRoleArgs {
  readonly bucketArn: pulumi.Input<string>;
  /** The object that the host may read. */
  readonly bundleKey: string;
  /** The object that the host may write. */
  readonly statusKey: string;
  /** The CloudWatch namespace that the host may put metrics into. @default none */
  readonly metricsNamespace?: string;
}

/** What a host may do in AWS: read its bundle, write its status, and its metrics if there are alarms; nothing else. */
export class HostRole extends pulumi.ComponentResource {
  readonly instanceProfile: pulumi.Output<string>;

  constructor(name: string, args: HostRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-mailserver:index:HostRole", name, args, opts);
    const child = { parent: this };

    const role = new Role(
      name,
      {
        description: `Reads ${args.bundleKey}, writes ${args.statusKey}`,
        assumeRolePolicy: policy({
          Effect: "Allow",
          Principal: { Service: "ec2.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
      },
      child,
    );
    const allowed = pulumi
      .output(args.bucketArn)
      .apply((arn) =>
        policy(
          { Effect: "Allow", Action: "s3:GetObject", Resource: `${arn}/${args.bundleKey}` },
          { Effect: "Allow", Action: "s3:PutObject", Resource: `${arn}/${args.statusKey}` },
        ),
      );
    new RolePolicy(name, { role: role.name, policy: allowed }, child);
    if (args.metricsNamespace !== undefined) {
      new RolePolicy(
        `${name}-metrics`,
        {
          role: role.name,
          policy: policy({
            Effect: "Allow",
            Action: "cloudwatch:PutMetricData",
            // Metrics have no ARNs: the namespace is what limits it.
            Resource: "*",
            Condition: { StringEquals: { "cloudwatch:namespace": args.metricsNamespace } },
          }),
        },
        child,
      );
    }
    const profile = new InstanceProfile(name, { role: role.name }, child);

    this.instanceProfile = profile.name;
    this.registerOutputs({ instanceProfile: this.instanceProfile });
  }
}

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
