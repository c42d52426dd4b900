import type { types } from "@pulumi/aws";
import type * as ec2 from "@pulumi/aws/ec2";
import type { Problem } from "../check";
import type { Cloud } from "../cloud";
import type { Draft } from "../resource";
import { atMostOneOf } from "../rules";
import { flag, integer, list, notEmulated, object, type Shape, text } from "../shape";
import { region, tags } from "./common";
import { instanceTypesLike, isInstanceType } from "./instance-types";

export function instanceInputs(cloud: Cloud): Shape<ec2.InstanceArgs> {
  return {
    ami: text({ required: true, replaces: true, problem: imageProblem }),
    associatePublicIpAddress: flag({ computed: true, replaces: true }),
    availabilityZone: text({ computed: true, replaces: true }),
    capacityReservationSpecification: notEmulated,
    cpuOptions: notEmulated,
    creditSpecification: notEmulated,
    disableApiStop: notEmulated,
    disableApiTermination: flag({ computed: true }),
    ebsBlockDevices: notEmulated,
    ebsOptimized: flag({ computed: true }),
    enablePrimaryIpv6: flag({ computed: true }),
    enclaveOptions: notEmulated,
    ephemeralBlockDevices: notEmulated,
    forceDestroy: notEmulated,
    getPasswordData: notEmulated,
    hibernation: notEmulated,
    hostId: notEmulated,
    hostResourceGroupArn: notEmulated,
    iamInstanceProfile: text({ computed: true }),
    instanceInitiatedShutdownBehavior: text({ computed: true, oneOf: ["stop"] }),
    instanceMarketOptions: notEmulated,
    instanceType: text({ required: true, problem: instanceTypeProblem }),
    ipv6AddressCount: integer({ computed: true, min: 0, problem: ipv6CountProblem }),
    ipv6Addresses: notEmulated,
    keyName: notEmulated,
    launchTemplate: notEmulated,
    maintenanceOptions: notEmulated,
    metadataOptions: object(metadataOptions, { computed: true }),
    monitoring: flag({ computed: true }),
    networkInterfaces: notEmulated,
    placementGroup: notEmulated,
    placementGroupId: notEmulated,
    placementPartitionNumber: notEmulated,
    primaryNetworkInterface: notEmulated,
    privateDnsNameOptions: notEmulated,
    privateIp: text({ computed: true, replaces: true }),
    region: region(cloud),
    rootBlockDevice: object(rootBlockDevice, { computed: true }),
    secondaryNetworkInterfaces: notEmulated,
    secondaryPrivateIps: notEmulated,
    securityGroups: notEmulated,
    sourceDestCheck: notEmulated,
    subnetId: text({ required: true, replaces: true }),
    tags,
    tenancy: text({ computed: true, oneOf: ["default"] }),
    userData: text({ problem: (value) => userDataProblem(Buffer.from(value)) }),
    userDataBase64: text({ problem: base64Problem }),
    userDataReplaceOnChange: flag({ default: false }),
    volumeTags: notEmulated,
    vpcSecurityGroupIds: list(text(), { computed: true, unordered: true, min: 1, max: 5 }),
  };
}

export function instanceRules(inputs: Draft<ec2.InstanceArgs>): Problem[] {
  return atMostOneOf(inputs, ["userData", "userDataBase64"]);
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceMetadataOptionsRequest.html */
const metadataOptions: Shape<types.input.ec2.InstanceMetadataOptions> = {
  httpEndpoint: text({ computed: true, oneOf: ["enabled", "disabled"] }),
  httpProtocolIpv6: text({ computed: true, oneOf: ["disabled"] }),
  httpPutResponseHopLimit: integer({ computed: true, min: 1, max: 64 }),
  httpTokens: text({ computed: true, oneOf: ["required", "optional"] }),
  instanceMetadataTags: text({ computed: true, oneOf: ["disabled"] }),
};

/** The machine's root disk is a folder of the host: its size and type are kept and limit nothing. */
const rootBlockDevice: Shape<types.input.ec2.InstanceRootBlockDevice> = {
  deleteOnTermination: flag({ computed: true }),
  deviceName: notEmulated,
  encrypted: flag({ computed: true, replaces: true }),
  iops: notEmulated,
  kmsKeyId: notEmulated,
  tags: notEmulated,
  tagsAll: notEmulated,
  throughput: notEmulated,
  volumeId: notEmulated,
  volumeSize: integer({ computed: true, min: 1, max: 16_384 }),
  volumeType: text({ computed: true, oneOf: ["gp2", "gp3", "io1", "io2", "standard"] }),
};

function imageProblem(id: string): string | undefined {
  return /^ami-[0-9a-f]{8}([0-9a-f]{9})?$/.test(id)
    ? undefined
    : 'is not the id of an image ("ami-" and 17 hexadecimal digits); take it from ec2.getAmi';
}

function ipv6CountProblem(count: number): string | undefined {
  return count > 1 ? "is more than the one IPv6 address that the local cloud gives an instance" : undefined;
}

function instanceTypeProblem(type: string): string | undefined {
  if (isInstanceType(type)) return undefined;
  return `is no instance type that the local cloud knows, such as ${instanceTypesLike(type).slice(0, 4).join(", ")}`;
}

function base64Problem(value: string): string | undefined {
  const decoded = Buffer.from(value, "base64");
  if (decoded.toString("base64") !== value.replaceAll(/\s/g, "")) return "is not base64";
  return userDataProblem(decoded);
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html */
function userDataProblem(data: Buffer): string | undefined {
  const limit = 16 * 1024;
  if (data.length <= limit) return undefined;
  return `has ${data.length} bytes; user data is limited to ${limit}. Fetch the rest from S3, or compress it and use userDataBase64`;
}
