import type * as ec2 from "@pulumi/aws/ec2";
import { attachedVolumes, machineSpec } from "../../machine-spec";
import type { Cloud } from "../cloud";
import type { Plain } from "../plain";
import { resource, ServiceError } from "../resource";
import { existing, newId, now } from "./common";
import { instanceInputs, instanceRules } from "./instance-inputs";
import { checkLaunch, ipv6Count } from "./instance-launch";
import { instanceOutputs, type NotShown } from "./instance-outputs";
import { takeIpv6Address } from "./ipv6";
import { takePrivateAddress } from "./private-address";
import { takePublicAddress } from "./public-pool";

/** A virtual machine. It counts as running as soon as it boots, as with EC2. */
export function instance(cloud: Cloud) {
  const { store, world } = cloud;
  return resource<ec2.InstanceArgs, ec2.Instance, NotShown>({
    inputs: instanceInputs(cloud),
    rules: instanceRules,
    replacesAlso: (inputs) => [
      ...(inputs.userDataReplaceOnChange === true ? (["userData", "userDataBase64"] as const) : []),
      // Once it is on, it stays on.
      ...(inputs.enablePrimaryIpv6 === false ? (["enablePrimaryIpv6"] as const) : []),
    ],
    makesAnew: ({ ipv6AddressCount }, state) =>
      ipv6AddressCount === undefined || ipv6AddressCount === state.ipv6AddressCount ? [] : ["ipv6Addresses"],
    create: async (config) => {
      const subnetId = checkLaunch(cloud, config);
      const id = newId("i");
      const privateIp = takePrivateAddress(cloud, subnetId, config.privateIp);
      const facts = {
        subnetId,
        privateIp,
        ipv6Address: ipv6Address(ipv6Count(cloud, config, subnetId), subnetId),
        launchIp: wantsPublicAddress(config, subnetId) ? takePublicAddress(cloud) : undefined,
        mac: macOf(privateIp),
        networkInterfaceId: newId("eni"),
        rootVolumeId: newId("vol"),
        securityGroups: config.vpcSecurityGroupIds ?? [defaultGroup(subnetId)],
        launched: now(),
        stopped: false,
      };
      await cloud.add("instance", id, { config, facts }, async () => {
        await cloud.applyNetwork();
        await world.machines.start(machineSpec(store, id), []);
      });
      return { id, state: describe(id) };
    },
    read: async (id) => (store.get("instance", id) ? { id, state: describe(id) } : undefined),
    update: async (id, config) => {
      const { config: before, facts } = row(id);
      checkLaunch(cloud, config);
      const securityGroups = config.vpcSecurityGroupIds ?? facts.securityGroups;
      const restart = needsStop(before, config);
      const count = config.ipv6AddressCount ?? (facts.ipv6Address ? 1 : 0);
      const address = ipv6Address(count, facts.subnetId, facts.ipv6Address);
      const stopped = facts.stopped && !restart;
      const changed = { config, facts: { ...facts, ipv6Address: address, securityGroups, stopped } };
      await cloud.change("instance", id, changed, async () => {
        await cloud.applyNetwork();
        if (!restart && address !== facts.ipv6Address) await world.machines.readdress(machineSpec(store, id));
        if (!restart) return;
        await world.machines.stop(id);
        await world.machines.start(machineSpec(store, id), attachedVolumes(store, id));
      });
      return describe(id);
    },
    delete: async (id) => {
      const found = store.get("instance", id);
      if (!found) return;
      if (found.config.disableApiTermination)
        throw new ServiceError(
          "OperationNotPermitted",
          `The instance '${id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again`,
        );
      await world.machines.terminate(id);
      for (const [other, { config }] of store.all("volumeAttachment"))
        if (config.instanceId === id) store.remove("volumeAttachment", other);
      for (const [other, { facts }] of store.all("addressAssociation"))
        if (facts.instanceId === id) store.remove("addressAssociation", other);
      await cloud.drop("instance", id, cloud.applyNetwork);
    },
  });

  function row(id: string) {
    return existing(store.get("instance", id), "InvalidInstanceID.NotFound", "instance", id);
  }

  function wantsPublicAddress(config: Plain<ec2.InstanceArgs>, subnetId: string): boolean {
    return (
      config.associatePublicIpAddress ?? store.get("subnet", subnetId)?.config.mapPublicIpOnLaunch ?? false
    );
  }

  /** The IPv6 address that the instance has and keeps, or is to get. */
  function ipv6Address(count: number, subnetId: string, before?: string): string | undefined {
    if (count === 0) return undefined;
    return before ?? takeIpv6Address(cloud, store.get("subnet", subnetId)?.facts.ipv6?.cidr ?? "");
  }

  function defaultGroup(subnetId: string): string {
    const vpcId = store.get("subnet", subnetId)?.config.vpcId ?? "";
    return store.get("vpc", vpcId)?.facts.defaultSecurityGroupId ?? "";
  }

  function describe(id: string) {
    const { config, facts } = row(id);
    return instanceOutputs(cloud, id, config, facts);
  }
}

/** EC2 changes these only while the instance is stopped. */
function needsStop(before: Plain<ec2.InstanceArgs>, after: Plain<ec2.InstanceArgs>): boolean {
  return (["instanceType", "userData", "userDataBase64", "ebsOptimized"] as const).some(
    (key) => before[key] !== after[key],
  );
}

/** Locally administered, and unique because private addresses are. */
function macOf(privateIp: string): string {
  const octets = privateIp.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
  return ["02", "00", ...octets].join(":");
}
