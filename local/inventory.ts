import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as ebs from "@pulumi/aws/ebs";
import type * as ec2 from "@pulumi/aws/ec2";
import type * as iam from "@pulumi/aws/iam";
import type * as s3 from "@pulumi/aws/s3";
import type * as vpc from "@pulumi/aws/vpc";
import type * as cloudflare from "@pulumi/cloudflare";
import type { Plain } from "./providers/plain";

/**
 * What the cloud holds: a table a kind, rows by their id. `config` is the declaration as the provider accepted it;
 * beside it stands what the service decided by itself.
 */
export interface Inventory {
  vpc: Held<ec2.VpcArgs, VpcFacts>;
  subnet: Held<ec2.SubnetArgs, { cidr: string; availabilityZone: string; ipv6?: Ipv6Block }>;
  internetGateway: Held<ec2.InternetGatewayArgs>;
  /** The main route table of a VPC is made and removed with it. */
  routeTable: Held<ec2.RouteTableArgs, { main: boolean }>;
  route: Held<ec2.RouteArgs>;
  routeTableAssociation: Held<ec2.RouteTableAssociationArgs>;
  /** The default security group of a VPC is made and removed with it. */
  securityGroup: Held<ec2.SecurityGroupArgs, { name: string; vpcId: string; default: boolean }>;
  securityGroupRule: Held<vpc.SecurityGroupIngressRuleArgs, { direction: "ingress" | "egress" }>;
  instance: Held<ec2.InstanceArgs, InstanceFacts>;
  address: Held<ec2.EipArgs, { publicIp: string }>;
  addressAssociation: Held<ec2.EipAssociationArgs, { allocationId: string; instanceId: string }>;
  /** By the allocation's id. */
  addressName: Held<ec2.EipDomainNameArgs>;
  volume: Held<ebs.VolumeArgs, { sizeGiB: number; created: string }>;
  volumeAttachment: Held<ec2.VolumeAttachmentArgs>;
  /** By name, as the rest of CloudWatch, IAM and S3. */
  metricAlarm: Held<cloudwatch.MetricAlarmArgs, { updated: number }>;
  role: Held<iam.RoleArgs, { created: string; uniqueId: string }>;
  /** By `role:name`. */
  rolePolicy: Held<iam.RolePolicyArgs, { name: string }>;
  instanceProfile: Held<iam.InstanceProfileArgs, { created: string; uniqueId: string }>;
  bucket: Held<s3.BucketArgs>;
  bucketPublicAccessBlock: Held<s3.BucketPublicAccessBlockArgs>;
  bucketEncryption: Held<s3.BucketServerSideEncryptionConfigurationArgs>;
  bucketVersioning: Held<s3.BucketVersioningArgs>;
  bucketOwnershipControls: Held<s3.BucketOwnershipControlsArgs>;
  bucketLifecycle: Held<s3.BucketLifecycleConfigurationArgs>;
  bucketPolicy: Held<s3.BucketPolicyArgs>;
  /** By `bucket/key`; the body is in the object storage. */
  bucketObject: Held<Omit<s3.BucketObjectv2Args, "content" | "contentBase64" | "source">, ObjectFacts>;
  /** Zones that the account held before anything was declared are not here. */
  zone: Held<cloudflare.ZoneArgs, { created: string; account?: string }>;
  /** By the zone's id. Once declared it stays: destroying it turns DNSSEC off. */
  zoneDnssec: Held<cloudflare.ZoneDnssecArgs, { status: "active" | "disabled"; modified: string }>;
  dnsRecord: Held<cloudflare.DnsRecordArgs, RecordFacts>;
}

export type Kind = keyof Inventory;

export interface Held<Args, Facts = unknown> {
  readonly config: Plain<Args>;
  readonly facts: Facts;
}

export interface VpcFacts {
  readonly cidr: string;
  readonly mainRouteTableId: string;
  readonly defaultSecurityGroupId: string;
  readonly ipv6?: Ipv6Block;
}

/** An IPv6 prefix that is associated with a VPC or a subnet. */
export interface Ipv6Block {
  readonly associationId: string;
  readonly cidr: string;
}

export interface InstanceFacts {
  readonly subnetId: string;
  readonly privateIp: string;
  readonly ipv6Address?: string;
  /** The address that EC2 gave at launch, held until an Elastic IP takes its place. */
  readonly launchIp?: string;
  readonly mac: string;
  readonly networkInterfaceId: string;
  readonly rootVolumeId: string;
  readonly securityGroups: readonly string[];
  /** RFC 3339. */
  readonly launched: string;
  readonly stopped: boolean;
}

export interface RecordFacts {
  /** In presentation format. */
  readonly rdata: string;
  /** RFC 3339, as the other two. */
  readonly created: string;
  readonly modified: string;
  /** When the comment last changed; a record without one has none. */
  readonly commentModified?: string;
  /** Email Routing made it and keeps it locked. */
  readonly emailRouting?: boolean;
}

export interface ObjectFacts {
  readonly bucket: string;
  readonly key: string;
  readonly etag: string;
  readonly versionId?: string;
}
