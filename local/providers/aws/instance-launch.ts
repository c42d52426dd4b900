import type * as ec2 from "@pulumi/aws/ec2";
import type { Cloud } from "../cloud";
import type { Plain } from "../plain";
import { ServiceError } from "../resource";
import { existing } from "./common";
import { architectureOf, isOffered } from "./instance-types";

/**
 * Whether all that an instance refers to is there and fits together.
 * @returns the subnet's id
 */
export function checkLaunch(cloud: Cloud, config: Plain<ec2.InstanceArgs>): string {
  const subnetId = config.subnetId ?? "";
  checkImage(cloud, config.ami ?? "", config.instanceType ?? "");
  checkPlace(cloud, subnetId, config);
  checkIpv6(cloud, subnetId, config);
  checkProfile(cloud, config.iamInstanceProfile);
  return subnetId;
}

function checkImage({ account }: Cloud, imageId: string, instanceType: string): void {
  const image = account.images.find(({ id }) => id === imageId);
  if (!image)
    throw new ServiceError(
      "InvalidAMIID.NotFound",
      `The image id '[${imageId}]' does not exist. The local cloud has ${account.images.map(({ name }) => name).join(", ")}; find one with ec2.getAmi`,
    );
  const architecture = architectureOf(instanceType);
  if (architecture !== image.architecture)
    throw new ServiceError(
      "InvalidParameterValue",
      `The architecture '${architecture}' of the specified instance type ${instanceType} does not match the architecture ` +
        `'${image.architecture}' of the specified AMI ${image.name}. Choose an instance type and an AMI that match`,
    );
}

function checkPlace({ store }: Cloud, subnetId: string, config: Plain<ec2.InstanceArgs>): void {
  const subnet = existing(store.get("subnet", subnetId), "InvalidSubnetID.NotFound", "subnet", subnetId);
  const zone = subnet.facts.availabilityZone;
  const type = config.instanceType ?? "";
  if (!isOffered(type, zone))
    throw new ServiceError(
      "Unsupported",
      `Your requested instance type (${type}) is not supported in your requested Availability Zone (${zone}). Ask ` +
        "ec2.getInstanceTypeOfferings which zones have it, and make the subnet in one of them",
    );
  if (config.availabilityZone && config.availabilityZone !== zone)
    throw new ServiceError(
      "InvalidParameterValue",
      `The availability zone ${config.availabilityZone} is not that of ${subnetId}, which is ${zone}. Leave it out: the subnet decides`,
    );
  for (const id of config.vpcSecurityGroupIds ?? []) {
    const group = existing(store.get("securityGroup", id), "InvalidGroup.NotFound", "security group", id);
    if (group.facts.vpcId !== subnet.config.vpcId)
      throw new ServiceError(
        "InvalidParameter",
        `Security group ${id} and subnet ${subnetId} belong to different networks: ${group.facts.vpcId} and ${subnet.config.vpcId}`,
      );
  }
}

/** How many IPv6 addresses an instance gets at launch: those asked for, or the one that its subnet gives by itself. */
export function ipv6Count({ store }: Cloud, config: Plain<ec2.InstanceArgs>, subnetId: string): number {
  return (
    config.ipv6AddressCount ?? (store.get("subnet", subnetId)?.config.assignIpv6AddressOnCreation ? 1 : 0)
  );
}

function checkIpv6(cloud: Cloud, subnetId: string, config: Plain<ec2.InstanceArgs>): void {
  const count = ipv6Count(cloud, config, subnetId);
  if (count > 0 && !cloud.store.get("subnet", subnetId)?.facts.ipv6)
    throw new ServiceError(
      "InvalidParameterCombination",
      `The subnet '${subnetId}' has no IPv6 CIDR block, so ipv6AddressCount can't be ${count}. ` +
        "Give the subnet an ipv6CidrBlock, and the instance a reference to the subnet's outputs",
    );
  if (config.enablePrimaryIpv6 && count === 0)
    throw new ServiceError(
      "InvalidParameterCombination",
      "enablePrimaryIpv6 makes an IPv6 address the primary one, and the instance has none. Set ipv6AddressCount to 1",
    );
}

function checkProfile({ store }: Cloud, profile: string | undefined): void {
  if (!profile) return;
  const found = store.get("instanceProfile", profile);
  if (!found)
    throw new ServiceError(
      "InvalidParameterValue",
      `Value (${profile}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name: it does not exist`,
    );
}
