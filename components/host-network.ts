import { getInstanceTypeOfferingsOutput } from "@pulumi/aws/ec2/getInstanceTypeOfferings";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway";
import { Route } from "@pulumi/aws/ec2/route";
import { RouteTable } from "@pulumi/aws/ec2/routeTable";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation";
import { Subnet } from "@pulumi/aws/ec2/subnet";
import { Vpc } from "@pulumi/aws/ec2/vpc";
import * as pulumi from "@pulumi/pulumi";

export interface HostNetworkArgs {
  /** A private IPv4 network of /16 to /28, all of it one subnet. */
  readonly cidr: pulumi.Input<string>;
  /** The type of the host's instance: not every zone of a region has every type. */
  readonly instanceType: pulumi.Input<string>;
  /** The value of the tag `Name`. */
  readonly label: pulumi.Input<string>;
}

/** A VPC of one public subnet with both address families, for one host. */
export class HostNetwork extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetId: pulumi.Output<string>;
  /** Where the subnet is, and so where the host's volume must be. */
  readonly availabilityZone: pulumi.Output<string>;

  constructor(name: string, args: HostNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-mailserver:index:HostNetwork", name, args, opts);
    const child = { parent: this };
    const tags = { Name: args.label };

    const vpc = new Vpc(
      name,
      {
        cidrBlock: args.cidr,
        assignGeneratedIpv6CidrBlock: true,
        enableDnsSupport: true,
        enableDnsHostnames: true,
        tags,
      },
      child,
    );
    const gateway = new InternetGateway(name, { vpcId: vpc.id, tags }, child);
    const routes = new RouteTable(name, { vpcId: vpc.id, tags }, child);
    new Route(
      `${name}-internet`,
      { routeTableId: routes.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
      child,
    );
    new Route(
      `${name}-internet-ipv6`,
      { routeTableId: routes.id, destinationIpv6CidrBlock: "::/0", gatewayId: gateway.id },
      child,
    );
    const subnet = new Subnet(
      name,
      {
        vpcId: vpc.id,
        cidrBlock: args.cidr,
        availabilityZone: zoneFor(args.instanceType, this),
        // The first /64 of the VPC's /56. Addresses are asked for by the host, because AWS replaces a subnet that gives
        // them by itself when its block changes.
        ipv6CidrBlock: vpc.ipv6CidrBlock.apply((block) => block.replace(/\/56$/, "/64")),
        tags,
      },
      // A volume can't follow to another zone, whatever AWS offers there later.
      { ...child, ignoreChanges: ["availabilityZone"] },
    );
    new RouteTableAssociation(name, { subnetId: subnet.id, routeTableId: routes.id }, child);

    this.vpcId = vpc.id;
    this.subnetId = subnet.id;
    this.availabilityZone = subnet.availabilityZone;
    this.registerOutputs({
      vpcId: this.vpcId,
      subnetId: this.subnetId,
      availabilityZone: this.availabilityZone,
    });
  }
}

/** The first zone of the region that has such instances. */
function zoneFor(instanceType: pulumi.Input<string>, parent: pulumi.Resource): pulumi.Output<string> {
  const { locations } = getInstanceTypeOfferingsOutput(
    { locationType: "availability-zone", filters: [{ name: "instance-type", values: [instanceType] }] },
    { parent },
  );
  return pulumi.all([locations, instanceType]).apply(([zones, type]) => {
    const [first] = [...zones].sort();
    if (first !== undefined) return first;
    throw new pulumi.RunError(
      `AWS has no ${type} in this region: choose another instanceType, or another region`,
    );
  });
}
