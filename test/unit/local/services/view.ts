import type { CloudView, InstanceView, PolicyDocument } from "../../../../local/world";

/** An instance that is this machine, as services that listen on loopback see it. */
export const instance: InstanceView = {
  instanceId: "i-0a1b2c3d4e5f60718",
  imageId: "ami-0a1b2c3d4e5f60718",
  instanceType: "t3.small",
  region: "eu-central-1",
  availabilityZone: "eu-central-1a",
  accountId: "123456789012",
  privateIp: "127.0.0.1",
  publicIp: "203.0.113.130",
  mac: "06:00:00:00:00:01",
  subnetId: "subnet-1",
  subnetCidr: "127.0.0.0/24",
  vpcId: "vpc-1",
  vpcCidr: "127.0.0.0/16",
  securityGroups: ["mail"],
  userData: Buffer.from([0x1f, 0x8b, 0x00, 0xff]),
  metadata: { enabled: true, tokensRequired: true, hopLimit: 1 },
  role: { name: "mail-role", profileArn: "arn:aws:iam::123456789012:instance-profile/mail" },
};

/** A cloud with that instance, and one bucket. */
export function viewOf(
  instances: readonly InstanceView[],
  policies: { role?: PolicyDocument; bucket?: PolicyDocument } = {},
): CloudView {
  return {
    instanceByPrivateIp: (privateIp) => instances.find((one) => one.privateIp === privateIp),
    rolePolicies: () => (policies.role ? [policies.role] : []),
    bucketPolicy: () => policies.bucket,
    bucketRegion: (bucket) => (bucket === "bundles" ? instance.region : undefined),
  };
}
