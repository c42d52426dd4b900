import type * as ec2 from "@pulumi/aws/ec2";
import type { Cloud } from "../cloud";
import type { Plain } from "../plain";
import { ServiceError } from "../resource";
import { existing } from "./common";
import { architectureOf } from "./instance-types";

/**
 * Whether all that an instance refers to is there and fits together.
 * @returns the subnet's id
 */
export function checkLaunch(cloud: Cloud, config: Plain<ec2.InstanceArgs>): string {
  const subnetId = config.subnetId ?? "";
  checkImage(cloud, config.ami ?? "", config.instanceType ?? "");
  checkPlace(cloud, subnetId, config);
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

function checkProfile({ store }: Cloud, profile: string | undefined): void {
  if (!profile) return;
  const found = store.get("instanceProfile", profile);
  if (!found)
    throw new ServiceError(
      "InvalidParameterValue",
      `Value (${profile}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name: it does not exist`,
    );
}
