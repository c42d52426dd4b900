import type { types } from "@pulumi/aws";
import type * as s3 from "@pulumi/aws/s3";
import type { Cloud } from "../cloud";
import type { Outputs } from "../plain";
import { integer, list, notEmulated, object, text } from "../shape";
import { bucketSetting } from "./bucket-setting";
import { region } from "./common";

/** Rules on old versions, of which the local cloud has none: they are checked and have nothing to do. */
export function bucketLifecycle(cloud: Cloud) {
  return bucketSetting<
    "bucketLifecycle",
    s3.BucketLifecycleConfigurationArgs,
    s3.BucketLifecycleConfiguration
  >(cloud, {
    kind: "bucketLifecycle",
    inputs: {
      bucket: text({ required: true, replaces: true }),
      expectedBucketOwner: notEmulated,
      region: region(cloud),
      rules: list(
        object<types.input.s3.BucketLifecycleConfigurationRule>({
          abortIncompleteMultipartUpload:
            object<types.input.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload>({
              daysAfterInitiation: integer({ min: 1 }),
            }),
          expiration: notEmulated,
          filter: object<types.input.s3.BucketLifecycleConfigurationRuleFilter>({
            and: notEmulated,
            objectSizeGreaterThan: notEmulated,
            objectSizeLessThan: notEmulated,
            prefix: text(),
            tag: notEmulated,
          }),
          id: text({ required: true }),
          noncurrentVersionExpiration:
            object<types.input.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpiration>({
              newerNoncurrentVersions: integer({ min: 1, max: 100 }),
              noncurrentDays: integer({ required: true, min: 1 }),
            }),
          noncurrentVersionTransitions: notEmulated,
          prefix: notEmulated,
          status: text({ required: true, oneOf: ["Enabled", "Disabled"] }),
          transitions: notEmulated,
        }),
        { required: true, min: 1, max: 1000 },
      ),
      timeouts: notEmulated,
      transitionDefaultMinimumObjectSize: notEmulated,
    },
    state: ({ bucket, rules }, region) => ({
      bucket,
      expectedBucketOwner: "",
      region,
      rules: rules as Outputs<s3.BucketLifecycleConfiguration>["rules"],
      timeouts: undefined,
      transitionDefaultMinimumObjectSize: "all_storage_classes_128K",
    }),
  });
}
