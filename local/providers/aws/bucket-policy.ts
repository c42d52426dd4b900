import type * as s3 from "@pulumi/aws/s3";
import type { PolicyDocument } from "../../world";
import type { Cloud } from "../cloud";
import { ServiceError } from "../resource";
import { document, text } from "../shape";
import { bucketSetting } from "./bucket-setting";
import { region } from "./common";
import { policyProblem } from "./policy-document";

export function bucketPolicy(cloud: Cloud) {
  return bucketSetting<"bucketPolicy", s3.BucketPolicyArgs, s3.BucketPolicy>(cloud, {
    kind: "bucketPolicy",
    inputs: {
      bucket: text({ required: true, replaces: true }),
      policy: document({ required: true, problem: policyProblem("bucket") }),
      region: region(cloud),
    },
    check: ({ bucket, policy }) => {
      const block = cloud.store.get("bucketPublicAccessBlock", bucket)?.config;
      if (block?.blockPublicPolicy && isPublic(JSON.parse(policy as string)))
        throw new ServiceError(
          "AccessDenied",
          `the policy of ${bucket} allows everybody something, and public policies are blocked by its BlockPublicPolicy ` +
            "setting. Name the principals, or take blockPublicPolicy away",
        );
    },
    state: ({ bucket, policy }, region) => ({ bucket, policy: policy as string, region }),
  });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
function isPublic(policy: PolicyDocument): boolean {
  const everybody = (principal: unknown): boolean =>
    principal === "*" ||
    (typeof principal === "object" &&
      Object.values(principal ?? {})
        .flat()
        .includes("*"));
  return [policy.Statement].flat().some((statement) => {
    const { Effect, Condition, Principal } = statement as (typeof policy.Statement)[number] & {
      Principal?: unknown;
    };
    return Effect === "Allow" && !Condition && everybody(Principal);
  });
}
