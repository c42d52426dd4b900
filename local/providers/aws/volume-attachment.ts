import { createHash } from "node:crypto";
import type * as ec2 from "@pulumi/aws/ec2";
import type { Cloud } from "../cloud";
import type { Plain } from "../plain";
import { resource, ServiceError } from "../resource";
import { flag, text } from "../shape";
import { existing, region } from "./common";

/** A volume on an instance. It is imported as `DEVICE:VOLUMEID:INSTANCEID`. */
export function volumeAttachment(cloud: Cloud) {
  const { store, account, world } = cloud;
  return resource<ec2.VolumeAttachmentArgs, ec2.VolumeAttachment>({
    inputs: {
      deviceName: text({ required: true, replaces: true, problem: deviceProblem }),
      forceDetach: flag(),
      instanceId: text({ required: true, replaces: true }),
      region: region(cloud),
      skipDestroy: flag(),
      stopInstanceBeforeDetaching: flag(),
      volumeId: text({ required: true, replaces: true }),
    },
    create: async (config) => {
      check(config);
      const id = idOf(config);
      await cloud.add("volumeAttachment", id, { config, facts: {} }, () =>
        world.machines.attach(config.instanceId, config.volumeId),
      );
      return { id, state: describe(id) };
    },
    read: async (given) => {
      const [deviceName = "", volumeId = "", instanceId = ""] = given.split(":");
      const id = store.get("volumeAttachment", given) ? given : idOf({ deviceName, volumeId, instanceId });
      return store.get("volumeAttachment", id) ? { id, state: describe(id) } : undefined;
    },
    update: async (id, config) => {
      store.put("volumeAttachment", id, { config, facts: {} });
      return describe(id);
    },
    delete: async (id) => {
      const config = store.get("volumeAttachment", id)?.config;
      if (!config || config.skipDestroy) return;
      await detach(config);
      store.remove("volumeAttachment", id);
    },
  });

  function check(config: Plain<ec2.VolumeAttachmentArgs>): void {
    const { instanceId, volumeId, deviceName } = config;
    const instance = existing(
      store.get("instance", instanceId),
      "InvalidInstanceID.NotFound",
      "instance",
      instanceId,
    );
    const volume = existing(store.get("volume", volumeId), "InvalidVolume.NotFound", "volume", volumeId);
    const zone = store.get("subnet", instance.facts.subnetId)?.facts.availabilityZone;
    if (zone !== volume.config.availabilityZone)
      throw new ServiceError(
        "InvalidVolume.ZoneMismatch",
        `The volume '${volumeId}' is not in the same availability zone as instance '${instanceId}': ` +
          `${volume.config.availabilityZone} and ${zone}. Make the volume in the zone of the instance's subnet`,
      );
    for (const [, { config: other }] of store.all("volumeAttachment")) {
      if (other.volumeId === volumeId)
        throw new ServiceError(
          "VolumeInUse",
          `${volumeId} is already attached to ${other.instanceId}. Detach it first; with deleteBeforeReplace the old attachment goes before the new one comes`,
        );
      if (other.instanceId === instanceId && other.deviceName === deviceName)
        throw new ServiceError(
          "InvalidParameterValue",
          `Invalid value '${deviceName}' for unixDevice. Attachment point ${deviceName} is already in use by ${other.volumeId}`,
        );
    }
  }

  /** As the real provider, it leaves a machine that it stopped stopped. */
  async function detach({ instanceId, volumeId, ...config }: Plain<ec2.VolumeAttachmentArgs>): Promise<void> {
    const instance = store.get("instance", instanceId);
    if (!instance) return;
    if (config.stopInstanceBeforeDetaching && !instance.facts.stopped) {
      await world.machines.stop(instanceId);
      store.put("instance", instanceId, { ...instance, facts: { ...instance.facts, stopped: true } });
    }
    await world.machines.detach(instanceId, volumeId);
  }

  function describe(id: string) {
    const { config } = existing(
      store.get("volumeAttachment", id),
      "InvalidAttachment.NotFound",
      "volume attachment",
      id,
    );
    const { deviceName, forceDetach, instanceId, skipDestroy, stopInstanceBeforeDetaching, volumeId } =
      config;
    const flags = { forceDetach, skipDestroy, stopInstanceBeforeDetaching };
    return { deviceName, instanceId, volumeId, region: account.region, ...flags };
  }
}

/** As the real provider's: `vai-` and a number made from the three names. */
function idOf(
  config: Pick<Plain<ec2.VolumeAttachmentArgs>, "deviceName" | "volumeId" | "instanceId">,
): string {
  const names = [config.deviceName, config.instanceId, config.volumeId].join("-");
  return `vai-${createHash("sha256").update(names).digest().readUInt32BE()}`;
}

/** https://docs.aws.amazon.com/ebs/latest/userguide/device_naming.html */
function deviceProblem(name: string): string | undefined {
  return /^(\/dev\/)?(sd[b-z]|xvd[b-z][a-z]?)$/.test(name)
    ? undefined
    : "is not a device name such as /dev/sdf";
}
