import type * as ec2 from "@pulumi/aws/ec2";
import { attachedVolumes, machineSpec } from "../../machine-spec";
import type { Cloud } from "../cloud";
import type { Plain } from "../plain";
import { resource, ServiceError } from "../resource";
import { existing, newId, now } from "./common";
import { instanceInputs, instanceRules } from "./instance-inputs";
import { checkLaunch } from "./instance-launch";
import { instanceOutputs, type NotShown } from "./instance-outputs";
import { takePrivateAddress } from "./private-address";
import { takePublicAddress } from "./public-pool";

/** A virtual machine. It counts as running as soon as it boots, as with EC2. */
export function instance(cloud: Cloud) {
  const { store, world } = cloud;
  return resource<ec2.InstanceArgs, ec2.Instance, NotShown>({
    inputs: instanceInputs(cloud),
    rules: instanceRules,
    replacesAlso: (inputs) => (inputs.userDataReplaceOnChange === true ? ["userData", "userDataBase64"] : []),
    create: async (config) => {
      const subnetId = checkLaunch(cloud, config);
      const id = newId("i");
      const privateIp = takePrivateAddress(cloud, subnetId, config.privateIp);
      const facts = {
        subnetId,
        privateIp,
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
      const changed = { config, facts: { ...facts, securityGroups, stopped: facts.stopped && !restart } };
      await cloud.change("instance", id, changed, async () => {
        await cloud.applyNetwork();
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
