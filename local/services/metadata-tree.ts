import type { InstanceView } from "../world";
import type { Credentials } from "./credentials";

/** A file with its content, made when it is read, or a directory. */
export type MetadataNode = (() => string) | { readonly [name: string]: MetadataNode | undefined };

/** The `meta-data` directory of an instance (EC2 User Guide, "Instance metadata categories"). */
export function metadataTree(instance: InstanceView, credentials: Credentials): MetadataNode {
  const { privateIp, publicIp, ipv6, mac, role } = instance;
  const hostname = text(localHostname(instance));
  return {
    "ami-id": text(instance.imageId),
    "ami-launch-index": text("0"),
    "ami-manifest-path": text("(unknown)"),
    hostname,
    iam: role && {
      info: () =>
        json({ Code: "Success", LastUpdated: timestamp(new Date()), InstanceProfileArn: role.profileArn }),
      "security-credentials": { [role.name]: () => securityCredentials(instance, role.name, credentials) },
    },
    "instance-action": text("none"),
    "instance-id": text(instance.instanceId),
    "instance-life-cycle": text("on-demand"),
    "instance-type": text(instance.instanceType),
    ipv6: optional(ipv6?.address),
    "local-hostname": hostname,
    "local-ipv4": text(privateIp),
    mac: text(mac),
    network: {
      interfaces: {
        macs: {
          [mac]: {
            "device-number": text("0"),
            "ipv4-associations": publicIp === undefined ? undefined : { [publicIp]: text(privateIp) },
            ipv6s: optional(ipv6?.address),
            "local-hostname": hostname,
            "local-ipv4s": text(privateIp),
            mac: text(mac),
            "owner-id": text(instance.accountId),
            "public-ipv4s": optional(publicIp),
            "security-groups": text(instance.securityGroups.join("\n")),
            "subnet-id": text(instance.subnetId),
            "subnet-ipv4-cidr-block": text(instance.subnetCidr),
            "subnet-ipv6-cidr-blocks": optional(ipv6?.subnetCidr),
            "vpc-id": text(instance.vpcId),
            "vpc-ipv4-cidr-block": text(instance.vpcCidr),
            "vpc-ipv4-cidr-blocks": text(instance.vpcCidr),
            "vpc-ipv6-cidr-blocks": optional(ipv6?.vpcCidr),
          },
        },
      },
    },
    placement: {
      "availability-zone": text(instance.availabilityZone),
      region: text(instance.region),
    },
    "public-ipv4": optional(publicIp),
    "reservation-id": text(`r-${instance.instanceId.slice(2)}`),
    "security-groups": text(instance.securityGroups.join("\n")),
    services: { domain: text("amazonaws.com"), partition: text("aws") },
  };
}

/** The instance identity document (EC2 User Guide, "Instance identity documents"), without signatures beside it. */
export function identityDocument(instance: InstanceView): string {
  return json({
    accountId: instance.accountId,
    availabilityZone: instance.availabilityZone,
    imageId: instance.imageId,
    instanceId: instance.instanceId,
    instanceType: instance.instanceType,
    privateIp: instance.privateIp,
    region: instance.region,
    version: "2017-09-30",
  });
}

function securityCredentials(instance: InstanceView, role: string, credentials: Credentials): string {
  const issued = credentials.issue({ role, instanceId: instance.instanceId });
  return json({
    Code: "Success",
    LastUpdated: timestamp(issued.issued),
    Type: "AWS-HMAC",
    AccessKeyId: issued.accessKeyId,
    SecretAccessKey: issued.secretAccessKey,
    Token: issued.sessionToken,
    Expiration: timestamp(issued.expires),
  });
}

/** The private DNS name that EC2 gives an instance by its address. */
function localHostname({ privateIp, region }: InstanceView): string {
  const domain = region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
  return `ip-${privateIp.replaceAll(".", "-")}.${domain}`;
}

function text(content: string): () => string {
  return () => content;
}

function optional(content: string | undefined): (() => string) | undefined {
  return content === undefined ? undefined : text(content);
}

function json(value: object): string {
  return JSON.stringify(value, null, 2);
}

/** To the second, as EC2 writes times. */
function timestamp(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, "Z");
}
