import type * as ec2 from "@pulumi/aws/ec2";
import type { InstanceFacts } from "../../inventory";
import { addressOf } from "../../topology";
import type { Cloud } from "../cloud";
import type { Plain } from "../plain";
import { arn, commonOutputs } from "./common";
import { privateDnsName, publicDnsName } from "./public-pool";

/** Outputs of features that the local cloud does not emulate. */
export type NotShown =
  | "capacityReservationSpecification"
  | "cpuOptions"
  | "creditSpecification"
  | "enclaveOptions"
  | "instanceMarketOptions"
  | "launchTemplate"
  | "maintenanceOptions"
  | "networkInterfaces"
  | "primaryNetworkInterface"
  | "privateDnsNameOptions"
  | "secondaryNetworkInterfaces";

export function instanceOutputs(
  cloud: Cloud,
  id: string,
  config: Plain<ec2.InstanceArgs>,
  facts: InstanceFacts,
) {
  const { account, store } = cloud;
  const publicIp = addressOf(store, id);
  const { metadataOptions, rootBlockDevice } = config;
  return {
    ...commonOutputs(cloud, config),
    ami: config.ami ?? "",
    arn: arn(account, `instance/${id}`),
    associatePublicIpAddress: config.associatePublicIpAddress ?? publicIp !== undefined,
    availabilityZone: store.get("subnet", facts.subnetId)?.facts.availabilityZone ?? "",
    disableApiStop: false,
    disableApiTermination: config.disableApiTermination ?? false,
    ebsBlockDevices: [],
    ebsOptimized: config.ebsOptimized ?? false,
    enablePrimaryIpv6: config.enablePrimaryIpv6 ?? false,
    ephemeralBlockDevices: [],
    forceDestroy: undefined,
    getPasswordData: false,
    hibernation: undefined,
    hostId: "",
    hostResourceGroupArn: "",
    iamInstanceProfile: config.iamInstanceProfile ?? "",
    instanceInitiatedShutdownBehavior: config.instanceInitiatedShutdownBehavior ?? "stop",
    instanceLifecycle: "",
    instanceState: facts.stopped ? "stopped" : "running",
    instanceType: config.instanceType ?? "",
    ipv6AddressCount: facts.ipv6Address ? 1 : 0,
    ipv6Addresses: facts.ipv6Address ? [facts.ipv6Address] : [],
    keyName: "",
    metadataOptions: {
      httpEndpoint: metadataOptions?.httpEndpoint ?? "enabled",
      httpProtocolIpv6: "disabled",
      httpPutResponseHopLimit: metadataOptions?.httpPutResponseHopLimit ?? 1,
      httpTokens: metadataOptions?.httpTokens ?? "optional",
      instanceMetadataTags: "disabled",
    },
    monitoring: config.monitoring ?? false,
    outpostArn: "",
    passwordData: "",
    placementGroup: "",
    placementGroupId: "",
    placementPartitionNumber: 0,
    primaryNetworkInterfaceId: facts.networkInterfaceId,
    privateDns: privateDnsName(account.region, facts.privateIp),
    privateIp: facts.privateIp,
    publicDns: publicIp ? publicDnsName(account.region, publicIp) : "",
    publicIp: publicIp ?? "",
    rootBlockDevice: {
      deleteOnTermination: rootBlockDevice?.deleteOnTermination ?? true,
      deviceName: "/dev/xvda",
      encrypted: rootBlockDevice?.encrypted ?? false,
      iops: 3_000,
      kmsKeyId: "",
      tags: undefined,
      tagsAll: {},
      throughput: 125,
      volumeId: facts.rootVolumeId,
      volumeSize: rootBlockDevice?.volumeSize ?? 8,
      volumeType: rootBlockDevice?.volumeType ?? "gp3",
    },
    secondaryPrivateIps: [],
    securityGroups: [],
    sourceDestCheck: true,
    spotInstanceRequestId: "",
    subnetId: facts.subnetId,
    tenancy: config.tenancy ?? "default",
    userData: config.userData,
    userDataBase64: config.userDataBase64 ?? "",
    userDataReplaceOnChange: config.userDataReplaceOnChange,
    volumeTags: undefined,
    vpcSecurityGroupIds: facts.securityGroups,
  };
}
