import { createHash } from "node:crypto";
import { BucketObjectv2 } from "@pulumi/aws/s3/bucketObjectv2";
import * as pulumi from "@pulumi/pulumi";
import { type HostDeclaration, renderBundle, serializeBundle } from "../host";
import { judged } from "./problems";

export interface HostConfigArgs {
  readonly bucket: pulumi.Input<string>;
  readonly bundleKey: pulumi.Input<string>;
  /** What the host is to become. It holds keys and password hashes and is kept as a secret. */
  readonly host: pulumi.Input<HostDeclaration>;
}

/** A host's configuration: the bundle that the agent on the host fetches, applies, and applies again on a change. */
export class HostConfig extends pulumi.ComponentResource {
  /** The SHA-256 of the bundle in hexadecimal, as the host repeats it in its status. */
  readonly bundleDigest: pulumi.Output<string>;
  /** Known once the bundle is where the host finds it. */
  readonly uploaded: pulumi.Output<unknown>;

  constructor(name: string, args: HostConfigArgs, opts?: pulumi.ComponentResourceOptions) {
    const host = pulumi.secret(args.host);
    super("pulumi-mailserver:index:HostConfig", name, { ...args, host }, opts);
    const bundle = judged(`HostConfig ${name}`, host, (declaration) => ({
      ...declaration,
      // Whether aliases may lead elsewhere is for those to say who declare them; here it is done.
      aliasesOutside: true,
    })).apply((declaration) => serializeBundle(renderBundle(declaration)));
    const object = new BucketObjectv2(
      name,
      { bucket: args.bucket, key: args.bundleKey, content: bundle, contentType: "application/json" },
      { parent: this },
    );

    this.uploaded = object.id;
    this.bundleDigest = pulumi.unsecret(bundle.apply(sha256));
    this.registerOutputs({ bundleDigest: this.bundleDigest });
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
