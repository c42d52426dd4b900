import type * as aws from "@pulumi/aws";
import type { Cloud } from "../cloud";
import { flag, integer, list, notEmulated, type Shape, text } from "../shape";

/**
 * The provider's configuration. Credentials and the like are accepted and used for nothing: whatever a stack says
 * about a real account, the local cloud is the one account that is there.
 */
export function providerConfig({ account }: Cloud): Shape<aws.ProviderArgs> {
  return {
    accessKey: text(),
    allowedAccountIds: list(
      text({ problem: (id) => (id === account.id ? undefined : `is not ${account.id}, the local account`) }),
    ),
    assumeRoleWithWebIdentity: notEmulated,
    assumeRoles: notEmulated,
    customCaBundle: text(),
    defaultTags: notEmulated,
    ec2MetadataServiceEndpoint: text(),
    ec2MetadataServiceEndpointMode: text(),
    endpoints: notEmulated,
    forbiddenAccountIds: list(
      text({ problem: (id) => (id === account.id ? "is the local account" : undefined) }),
    ),
    httpProxy: text(),
    httpsProxy: text(),
    ignoreTags: notEmulated,
    insecure: flag(),
    maxRetries: integer(),
    noProxy: text(),
    profile: text(),
    region: text({
      problem: (region) =>
        region === account.region
          ? undefined
          : `is not ${account.region}, the one region of the local cloud; set aws:region to it in this stack's configuration`,
    }),
    retryMode: text(),
    s3UsEast1RegionalEndpoint: text(),
    s3UsePathStyle: flag(),
    secretKey: text(),
    sharedConfigFiles: list(text()),
    sharedCredentialsFiles: list(text()),
    skipCredentialsValidation: flag(),
    skipMetadataApiCheck: flag(),
    skipRegionValidation: flag(),
    skipRequestingAccountId: flag(),
    stsRegion: text(),
    tagPolicyCompliance: text(),
    token: text(),
    tokenBucketRateLimiterCapacity: integer(),
    useDualstackEndpoint: flag(),
    useFipsEndpoint: flag(),
    userAgents: list(text()),
  };
}
