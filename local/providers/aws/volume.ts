import type * as ebs from "@pulumi/aws/ebs";
import type { Problem } from "../check";
import type { Cloud } from "../cloud";
import { type Draft, resource, ServiceError } from "../resource";
import { known } from "../rules";
import { flag, integer, notEmulated, text } from "../shape";
import { arn, availabilityZones, commonOutputs, existing, newId, now, region, tags } from "./common";

export function volume(cloud: Cloud) {
  const { store, account, world } = cloud;
  return resource<ebs.VolumeArgs, ebs.Volume>({
    inputs: {
      availabilityZone: text({
        required: true,
        replaces: true,
        oneOf: availabilityZones(account).map((zone) => zone.name),
      }),
      encrypted: flag({ computed: true, replaces: true }),
      finalSnapshot: notEmulated,
      iops: integer({ computed: true, min: 100, max: 256_000 }),
      kmsKeyId: notEmulated,
      multiAttachEnabled: notEmulated,
      outpostArn: notEmulated,
      region: region(cloud),
      size: integer({ required: true, min: 1, max: 65_536 }),
      snapshotId: notEmulated,
      tags,
      throughput: integer({ computed: true, min: 125, max: 2_000 }),
      type: text({ computed: true, oneOf: Object.keys(volumeTypes) }),
      volumeInitializationRate: notEmulated,
    },
    rules: performanceProblems,
    create: async (config) => {
      const id = newId("vol");
      const sizeGiB = config.size ?? 0;
      await cloud.add("volume", id, { config, facts: { sizeGiB, created: now() } }, () =>
        world.volumes.create(id, sizeGiB),
      );
      return { id, state: describe(id) };
    },
    read: async (id) => (store.get("volume", id) ? { id, state: describe(id) } : undefined),
    update: async (id, config) => {
      const { facts } = row(id);
      const sizeGiB = config.size ?? 0;
      if (sizeGiB < facts.sizeGiB)
        throw new ServiceError(
          "InvalidParameterValue",
          `New size cannot be smaller than existing size: ${id} has ${facts.sizeGiB} GiB, ${sizeGiB} were asked for. A volume only grows`,
        );
      await cloud.change("volume", id, { config, facts: { ...facts, sizeGiB } }, async () => {
        if (sizeGiB > facts.sizeGiB) await world.volumes.grow(id, sizeGiB);
      });
      return describe(id);
    },
    delete: async (id) => {
      if (!store.get("volume", id)) return;
      const holder = store.all("volumeAttachment").find(([, { config }]) => config.volumeId === id);
      if (holder)
        throw new ServiceError(
          "VolumeInUse",
          `Volume ${id} is currently attached to ${holder[1].config.instanceId}. Remove the VolumeAttachment first`,
        );
      await cloud.drop("volume", id, () => world.volumes.delete(id));
    },
  });

  function row(id: string) {
    return existing(store.get("volume", id), "InvalidVolume.NotFound", "volume", id);
  }

  function describe(id: string) {
    const { config, facts } = row(id);
    const type = config.type ?? defaultType;
    return {
      ...commonOutputs(cloud, config),
      arn: arn(account, `volume/${id}`),
      availabilityZone: config.availabilityZone,
      createTime: facts.created,
      encrypted: config.encrypted ?? false,
      finalSnapshot: false,
      iops: config.iops ?? volumeTypes[type]?.iops?.default ?? 0,
      kmsKeyId: config.encrypted ? `arn:aws:kms:${account.region}:${account.id}:alias/aws/ebs` : "",
      multiAttachEnabled: false,
      outpostArn: "",
      size: facts.sizeGiB,
      snapshotId: "",
      throughput: config.throughput ?? volumeTypes[type]?.throughput?.default ?? 0,
      type,
      volumeInitializationRate: undefined,
    };
  }
}

/** EC2's own default, which is not the one of its console. */
const defaultType = "gp2";

interface VolumeType {
  readonly minGiB: number;
  readonly maxGiB: number;
  readonly iops?: { readonly default: number; readonly settable: boolean };
  readonly throughput?: { readonly default: number };
}

/** https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html */
const volumeTypes: Readonly<Record<string, VolumeType>> = {
  standard: { minGiB: 1, maxGiB: 1_024 },
  gp2: { minGiB: 1, maxGiB: 16_384, iops: { default: 100, settable: false } },
  gp3: { minGiB: 1, maxGiB: 65_536, iops: { default: 3_000, settable: true }, throughput: { default: 125 } },
  io1: { minGiB: 4, maxGiB: 16_384, iops: { default: 100, settable: true } },
  io2: { minGiB: 4, maxGiB: 65_536, iops: { default: 100, settable: true } },
  sc1: { minGiB: 125, maxGiB: 16_384 },
  st1: { minGiB: 125, maxGiB: 16_384 },
};

function performanceProblems(inputs: Draft<ebs.VolumeArgs>): Problem[] {
  const name = inputs.type === undefined ? defaultType : known(inputs.type);
  const type = volumeTypes[name ?? ""];
  if (!type) return [];
  const size = known(inputs.size);
  const problems: Problem[] = [];
  if (size !== undefined && (size < type.minGiB || size > type.maxGiB))
    problems.push({
      property: "size",
      reason: `${size} is outside ${type.minGiB} to ${type.maxGiB} GiB, the sizes of ${name}`,
    });
  if (inputs.iops !== undefined && !type.iops?.settable)
    problems.push({
      property: "iops",
      reason: `${name} volumes have no such setting; gp3, io1 and io2 have`,
    });
  if (inputs.throughput !== undefined && !type.throughput)
    problems.push({ property: "throughput", reason: `${name} volumes have no such setting; gp3 has` });
  return problems;
}
