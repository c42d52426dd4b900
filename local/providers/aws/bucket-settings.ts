import type { types } from "@pulumi/aws";
import type * as s3 from "@pulumi/aws/s3";
import type { Cloud } from "../cloud";
import { flag, list, notEmulated, object, text } from "../shape";
import { bucketSetting } from "./bucket-setting";
import { region } from "./common";

const bucket = text({ required: true, replaces: true });

export function bucketPublicAccessBlock(cloud: Cloud) {
  return bucketSetting<"bucketPublicAccessBlock", s3.BucketPublicAccessBlockArgs, s3.BucketPublicAccessBlock>(
    cloud,
    {
      kind: "bucketPublicAccessBlock",
      inputs: {
        blockPublicAcls: flag({ default: false }),
        blockPublicPolicy: flag({ default: false }),
        bucket,
        ignorePublicAcls: flag({ default: false }),
        region: region(cloud),
        restrictPublicBuckets: flag({ default: false }),
        skipDestroy: notEmulated,
      },
      state: (config, region) => ({
        blockPublicAcls: config.blockPublicAcls,
        blockPublicPolicy: config.blockPublicPolicy,
        bucket: config.bucket,
        ignorePublicAcls: config.ignorePublicAcls,
        region,
        restrictPublicBuckets: config.restrictPublicBuckets,
        skipDestroy: undefined,
      }),
    },
  );
}

export function bucketOwnershipControls(cloud: Cloud) {
  return bucketSetting<"bucketOwnershipControls", s3.BucketOwnershipControlsArgs, s3.BucketOwnershipControls>(
    cloud,
    {
      kind: "bucketOwnershipControls",
      inputs: {
        bucket,
        region: region(cloud),
        rule: object<types.input.s3.BucketOwnershipControlsRule, true>(
          { objectOwnership: text({ required: true, oneOf: ["BucketOwnerEnforced"] }) },
          { required: true },
        ),
      },
      state: ({ bucket, rule }, region) => ({ bucket, region, rule }),
    },
  );
}

/** SSE-S3 only: the local cloud has no KMS. */
export function bucketEncryption(cloud: Cloud) {
  return bucketSetting<
    "bucketEncryption",
    s3.BucketServerSideEncryptionConfigurationArgs,
    s3.BucketServerSideEncryptionConfiguration
  >(cloud, {
    kind: "bucketEncryption",
    inputs: {
      bucket,
      expectedBucketOwner: notEmulated,
      region: region(cloud),
      rules: list(
        object<types.input.s3.BucketServerSideEncryptionConfigurationRule>({
          applyServerSideEncryptionByDefault:
            object<types.input.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefault>(
              {
                kmsMasterKeyId: notEmulated,
                sseAlgorithm: text({ required: true, oneOf: ["AES256"] }),
              },
            ),
          blockedEncryptionTypes: notEmulated,
          bucketKeyEnabled: flag(),
        }),
        { required: true, min: 1, max: 1 },
      ),
    },
    state: ({ bucket, rules }, region) => ({
      bucket,
      expectedBucketOwner: undefined,
      region,
      rules: rules.map(({ applyServerSideEncryptionByDefault: byDefault, bucketKeyEnabled = false }) => ({
        applyServerSideEncryptionByDefault: byDefault && { kmsMasterKeyId: "", ...byDefault },
        blockedEncryptionTypes: [],
        bucketKeyEnabled,
      })),
    }),
  });
}

/** Objects of a versioned bucket get version ids; old versions are not kept, since no emulated call reads them. */
export function bucketVersioning(cloud: Cloud) {
  return bucketSetting<"bucketVersioning", s3.BucketVersioningArgs, s3.BucketVersioning>(cloud, {
    kind: "bucketVersioning",
    inputs: {
      bucket,
      expectedBucketOwner: notEmulated,
      mfa: notEmulated,
      region: region(cloud),
      versioningConfiguration: object<types.input.s3.BucketVersioningVersioningConfiguration, true>(
        { mfaDelete: notEmulated, status: text({ required: true, oneOf: ["Enabled", "Suspended"] }) },
        { required: true },
      ),
    },
    state: ({ bucket, versioningConfiguration }, region) => ({
      bucket,
      expectedBucketOwner: undefined,
      mfa: undefined,
      region,
      versioningConfiguration: { mfaDelete: "", ...versioningConfiguration },
    }),
  });
}
