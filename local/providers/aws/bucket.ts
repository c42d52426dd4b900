import type * as s3 from "@pulumi/aws/s3";
import type { Cloud } from "../cloud";
import { resource, ServiceError } from "../resource";
import { flag, notEmulated, text } from "../shape";
import { commonOutputs, existing, region, tags } from "./common";

/** Outputs of features that are settings of their own (`s3.BucketVersioning`) or not emulated. */
type NotShown =
  | "logging"
  | "objectLockConfiguration"
  | "replicationConfiguration"
  | "serverSideEncryptionConfiguration"
  | "versioning"
  | "website";

/** A bucket. Its id is its name. */
export function bucket(cloud: Cloud) {
  const { store, account, world } = cloud;
  return resource<s3.BucketArgs, s3.Bucket, NotShown>({
    inputs: {
      accelerationStatus: notEmulated,
      acl: notEmulated,
      bucket: text({ replaces: true, problem: bucketNameProblem }),
      bucketNamespace: notEmulated,
      bucketPrefix: notEmulated,
      corsRules: notEmulated,
      forceDestroy: flag({ default: false }),
      grants: notEmulated,
      lifecycleRules: notEmulated,
      logging: notEmulated,
      objectLockConfiguration: notEmulated,
      objectLockEnabled: notEmulated,
      policy: notEmulated,
      region: region(cloud),
      replicationConfiguration: notEmulated,
      requestPayer: notEmulated,
      serverSideEncryptionConfiguration: notEmulated,
      tags,
      versioning: notEmulated,
      website: notEmulated,
    },
    autoname: {
      property: "bucket",
      from: (name) =>
        name
          .toLowerCase()
          .replaceAll(/[^a-z0-9-]/g, "-")
          .slice(0, 55),
    },
    create: async (config) => {
      const id = config.bucket ?? "";
      if (store.get("bucket", id))
        throw new ServiceError(
          "BucketAlreadyOwnedByYou",
          `The bucket ${id} exists already, and you own it. Choose another name, or leave it out`,
        );
      await cloud.add("bucket", id, { config, facts: {} }, () => world.objects.createBucket(id));
      return { id, state: describe(id) };
    },
    read: async (id) => (store.get("bucket", id) ? { id, state: describe(id) } : undefined),
    update: async (id, config) => {
      store.put("bucket", id, { config, facts: {} });
      return describe(id);
    },
    delete: async (id) => {
      const found = store.get("bucket", id);
      if (!found) return;
      const keys = await world.objects.list(id);
      if (keys.length && !found.config.forceDestroy)
        throw new ServiceError(
          "BucketNotEmpty",
          `The bucket ${id} you tried to delete is not empty: it holds ${keys.slice(0, 3).join(", ")}` +
            `${keys.length > 3 ? ` and ${keys.length - 3} more` : ""}. Delete the objects, or set forceDestroy and update first`,
        );
      for (const key of keys) await world.objects.delete(id, key);
      await world.objects.deleteBucket(id);
      store.remove("bucket", id);
    },
  });

  function describe(id: string) {
    const { config } = existing(store.get("bucket", id), "NoSuchBucket", "bucket", id);
    return {
      ...commonOutputs(cloud, config),
      accelerationStatus: "",
      acl: "private",
      arn: `arn:aws:s3:::${id}`,
      bucket: id,
      bucketDomainName: `${id}.s3.amazonaws.com`,
      bucketNamespace: "global",
      bucketPrefix: "",
      bucketRegion: account.region,
      bucketRegionalDomainName: `${id}.s3.${account.region}.amazonaws.com`,
      corsRules: [],
      forceDestroy: config.forceDestroy,
      grants: [],
      hostedZoneId: "",
      lifecycleRules: [],
      objectLockEnabled: false,
      policy: "",
      requestPayer: "BucketOwner",
      websiteDomain: "",
      websiteEndpoint: "",
    };
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function bucketNameProblem(name: string): string | undefined {
  if (name.length < 3 || name.length > 63) return "has not 3 to 63 characters";
  if (!/^[a-z0-9][a-z0-9.-]*[a-z0-9]$/.test(name))
    return "has other characters than a-z, 0-9, dots and hyphens, or does not begin and end with a letter or digit";
  if (name.includes("..") || /^\d+\.\d+\.\d+\.\d+$/.test(name))
    return "has two dots in a row, or looks like an address";
  const reserved = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
  return reserved ? "begins or ends with what S3 keeps for itself" : undefined;
}
