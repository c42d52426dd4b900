import { Bucket } from "@pulumi/aws/s3/bucket";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning";
import * as pulumi from "@pulumi/pulumi";

export interface HostBucketArgs {
  /** The value of the tag `Name`. */
  readonly label: pulumi.Input<string>;
}

/** A closed bucket between the program and a host: the program puts the bundle there, the host its status. */
export class HostBucket extends pulumi.ComponentResource {
  /** The bucket's name; there once the bucket is closed, so that nothing is put into it before. */
  readonly bucket: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly region: pulumi.Output<string>;

  constructor(name: string, args: HostBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-mailserver:index:HostBucket", name, args, opts);
    const child = { parent: this };

    // Everything in it is made from this stack or by its host: it may go with the stack.
    const store = new Bucket(name, { forceDestroy: true, tags: { Name: args.label } }, child);
    const bucket = store.bucket;
    const closed = [
      new BucketPublicAccessBlock(
        name,
        {
          bucket,
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        },
        child,
      ),
      new BucketOwnershipControls(name, { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }, child),
      new BucketServerSideEncryptionConfiguration(
        name,
        { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
        child,
      ),
    ];
    const versioning = new BucketVersioning(
      name,
      { bucket, versioningConfiguration: { status: "Enabled" } },
      child,
    );
    new BucketLifecycleConfiguration(
      name,
      {
        bucket,
        // Earlier bundles hold earlier password hashes: kept for a look back, not for ever.
        rules: [
          {
            id: "earlier-versions",
            status: "Enabled",
            filter: {},
            noncurrentVersionExpiration: { noncurrentDays: 30 },
          },
        ],
      },
      { ...child, dependsOn: versioning },
    );
    const policy = new BucketPolicy(
      name,
      { bucket, policy: store.arn.apply(encryptedTransportOnly) },
      { ...child, dependsOn: [...closed, versioning] },
    );

    this.bucket = policy.bucket;
    this.arn = store.arn;
    this.region = store.region;
    this.registerOutputs({ bucket: this.bucket, arn: this.arn, region: this.region });
  }
}

function encryptedTransportOnly(arn: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "EncryptedTransportOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
