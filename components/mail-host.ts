import { Volume } from "@pulumi/aws/ebs/volume";
import { Eip } from "@pulumi/aws/ec2/eip";
import { EipAssociation } from "@pulumi/aws/ec2/eipAssociation";
import { getAmiOutput } from "@pulumi/aws/ec2/getAmi";
import { getSubnetOutput } from "@pulumi/aws/ec2/getSubnet";
import { Instance } from "@pulumi/aws/ec2/instance";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { VolumeAttachment } from "@pulumi/aws/ec2/volumeAttachment";
import * as pulumi from "@pulumi/pulumi";
import { metricsNamespace, renderUserData } from "../host";
import { check, type Declared } from "./check";
import { HostBucket } from "./host-bucket";
import { HostNetwork } from "./host-network";
import { HostRole } from "./host-role";
import { judged, known, refuse } from "./problems";

export type Architecture = "arm64" | "amd64";

export interface MailHostArgs {
  /**
   * The host's fully qualified name. A machine learns its name at first boot, so another name means another machine;
   * the data volume moves over.
   */
  readonly hostname: string;
  /** @default "arm64" */
  readonly architecture?: Architecture;
  /**
   * @default "t4g.small" on arm64, "t3.small" on amd64: 2 GiB of memory; with `antivirus` "t4g.medium" and "t3.medium",
   * which have 4
   */
  readonly instanceType?: pulumi.Input<string>;
  /** Whether the host is to scan mail for malware, which takes an instance of 4 GiB of memory. @default false */
  readonly antivirus?: boolean;
  /** The volume for mail, queue and certificates, in GiB. It can grow, and the host with it, not shrink. @default 20 */
  readonly dataVolumeGiB?: pulumi.Input<number>;
  /** A public subnet to place the host in. @default a VPC of its own */
  readonly subnetId?: pulumi.Input<string>;
  /** The network of the VPC of its own, /16 to /28. @default "10.25.0.0/24" */
  readonly vpcCidr?: pulumi.Input<string>;
  /**
   * Whether the host has an IPv6 address, at which it receives; it sends from the IPv4 address, which alone can have a
   * reverse name. A subnet that was passed in must have an IPv6 block and a route for ::/0. Switched off later, the
   * instance keeps the address, and nothing tells of it.
   * @default true in a VPC of its own, false in a subnet that was passed in
   */
  readonly ipv6?: boolean;
  /** Whether the host may tell CloudWatch what {@link HostAlarms} is about. @default false */
  readonly alarms?: boolean;
  /** Whether the address and the data volume are protected from deletion. @default true */
  readonly protect?: boolean;
}

/**
 * A machine for mail: Debian 13 with an Elastic IP, an encrypted data volume, and a bucket it is configured from.
 * Its security group is empty, so nothing gets in or out before a {@link Firewall} opens it.
 */
export class MailHost extends pulumi.ComponentResource {
  readonly instanceId: pulumi.Output<string>;
  readonly publicIp: pulumi.Output<string>;
  /** The instance's first IPv6 address; another machine has another. Undefined without {@link MailHostArgs.ipv6}. */
  readonly ipv6Address: pulumi.Output<string | undefined>;
  /** Of the Elastic IP. */
  readonly allocationId: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly dataVolumeId: pulumi.Output<string>;
  readonly dataVolumeGiB: pulumi.Output<number>;
  /** The bucket that the host reads its bundle from and writes its status to. */
  readonly bucket: pulumi.Output<string>;
  readonly bundleKey: pulumi.Output<string>;
  readonly statusKey: pulumi.Output<string>;

  constructor(name: string, args: MailHostArgs, opts?: pulumi.ComponentResourceOptions) {
    const component = `MailHost ${name}`;
    refuse(component, check(knownNow(args)));
    super("pulumi-mailserver:index:MailHost", name, args, opts);
    const child = { parent: this };
    const kept = { parent: this, protect: args.protect ?? true };
    const architecture = args.architecture ?? "arm64";
    const ipv6 = hasIpv6(args);
    const bundleKey = `hosts/${args.hostname}/bundle.json`;
    const statusKey = `hosts/${args.hostname}/status.json`;
    const tags = { Name: args.hostname };

    const instanceType = judged(
      component,
      args.instanceType ?? smallest(architecture, args.antivirus),
      (type) => ({ architecture, instanceType: type, antivirus: args.antivirus }),
    );
    const place = this.place(name, args, instanceType);
    const securityGroup = new SecurityGroup(
      name,
      // Fixed: AWS makes another group for another description.
      { vpcId: place.vpcId, description: "A mail host", tags },
      child,
    );
    const bucket = new HostBucket(name, { label: args.hostname }, child);
    const role = new HostRole(
      name,
      {
        ...{ bucketArn: bucket.arn, bundleKey, statusKey },
        metricsNamespace: args.alarms ? metricsNamespace : undefined,
      },
      child,
    );

    const volume = new Volume(
      `${name}-data`,
      {
        availabilityZone: place.availabilityZone,
        size: judged(component, args.dataVolumeGiB ?? 20, (dataVolumeGiB) => ({ dataVolumeGiB })),
        type: "gp3",
        encrypted: true,
        tags,
      },
      kept,
    );
    const image = getAmiOutput(
      {
        owners: ["136693071363"], // Debian: https://wiki.debian.org/Cloud/AmazonEC2Image
        mostRecent: true,
        filters: [{ name: "name", values: [`debian-13-${architecture}-*`] }],
      },
      child,
    );
    const instance = new Instance(
      // Of another architecture it is another machine, with an image of its own.
      `${name}-${architecture}`,
      {
        ami: image.id,
        instanceType,
        subnetId: place.subnetId,
        // EC2 adds an address to a running instance.
        ipv6AddressCount: ipv6 ? 1 : undefined,
        vpcSecurityGroupIds: [securityGroup.id],
        iamInstanceProfile: role.instanceProfile,
        userData: pulumi
          .all([bucket.bucket, bucket.region])
          .apply(([bucketName, region]) =>
            renderUserData({ hostname: args.hostname, region, bucket: bucketName, bundleKey, statusKey }),
          ),
        userDataReplaceOnChange: false,
        // A container or a proxy on the host is one hop further away and can't get at the role's credentials.
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        rootBlockDevice: { encrypted: true, volumeType: "gp3", volumeSize: 10 },
        tags,
      },
      {
        ...child,
        dependsOn: role,
        // Debian publishes an image every few weeks; a running host is updated by its package manager instead.
        ignoreChanges: ["ami"],
        // User-data is read at first boot only, and the name is in it.
        replaceOnChanges: ["tags.Name"],
      },
    );
    new VolumeAttachment(
      `${name}-data`,
      {
        deviceName: "/dev/sdf",
        volumeId: volume.id,
        instanceId: instance.id,
        // A volume is only taken from a machine that no longer writes to it.
        stopInstanceBeforeDetaching: true,
      },
      { ...child, deleteBeforeReplace: true },
    );
    const address = new Eip(name, { domain: "vpc", tags }, kept);
    new EipAssociation(
      name,
      { allocationId: address.id, instanceId: instance.id },
      // AWS associates addresses only where an internet gateway is attached.
      { ...child, deleteBeforeReplace: true, dependsOn: place.network ?? [] },
    );

    this.instanceId = instance.id;
    this.publicIp = address.publicIp;
    this.ipv6Address = ipv6
      ? instance.ipv6Addresses.apply(([first]) => first)
      : pulumi.output<string | undefined>(undefined);
    this.allocationId = address.id;
    this.securityGroupId = securityGroup.id;
    this.dataVolumeId = volume.id;
    this.dataVolumeGiB = volume.size;
    this.bucket = bucket.bucket;
    this.bundleKey = pulumi.output(bundleKey);
    this.statusKey = pulumi.output(statusKey);
    this.registerOutputs({
      instanceId: this.instanceId,
      publicIp: this.publicIp,
      ipv6Address: this.ipv6Address,
      allocationId: this.allocationId,
      securityGroupId: this.securityGroupId,
      dataVolumeId: this.dataVolumeId,
      dataVolumeGiB: this.dataVolumeGiB,
      bucket: this.bucket,
      bundleKey: this.bundleKey,
      statusKey: this.statusKey,
    });
  }

  /** The subnet that was passed in, or a network of its own. */
  private place(name: string, args: MailHostArgs, instanceType: pulumi.Output<string>): Place {
    if (args.subnetId !== undefined) {
      const subnet = getSubnetOutput({ id: args.subnetId }, { parent: this });
      return { subnetId: subnet.id, vpcId: subnet.vpcId, availabilityZone: subnet.availabilityZone };
    }
    const cidr = judged(`MailHost ${name}`, args.vpcCidr ?? "10.25.0.0/24", (vpcCidr) => ({ vpcCidr }));
    const network = new HostNetwork(name, { cidr, instanceType, label: args.hostname }, { parent: this });
    const { vpcId, subnetId, availabilityZone } = network;
    return { vpcId, subnetId, availabilityZone, network };
  }
}

/** Whether a host is to have an IPv6 address, by its own words or by where it is placed. */
export function hasIpv6({ ipv6, subnetId }: Pick<MailHostArgs, "ipv6" | "subnetId">): boolean {
  return ipv6 ?? subnetId === undefined;
}

function knownNow(args: MailHostArgs): Declared {
  return {
    ...args,
    instanceType: known(args.instanceType),
    dataVolumeGiB: known(args.dataVolumeGiB),
    subnetId: known(args.subnetId),
    vpcCidr: known(args.vpcCidr),
  };
}

interface Place {
  readonly subnetId: pulumi.Output<string>;
  readonly vpcId: pulumi.Output<string>;
  readonly availabilityZone: pulumi.Output<string>;
  /** If it was made for the host. */
  readonly network?: HostNetwork;
}

/** That the host runs well on. */
function smallest(architecture: Architecture, antivirus = false): string {
  return `${architecture === "arm64" ? "t4g" : "t3"}.${antivirus ? "medium" : "small"}`;
}
