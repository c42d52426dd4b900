import { resolve } from "node:path";

/** The checkout, where `Pulumi.yaml` is. */
export const checkout = resolve(__dirname, "..");

/** What `stacks/Pulumi.local.yaml` declares, as far as the command line needs to know. */
export const localStack = {
  name: "local",
  domain: "example.test",
  /** Zones that the account holds before the stack is applied, as a registered domain is at Cloudflare. */
  zones: ["example.test"],
  login: { user: "alice@example.test", password: "wonderland-local-only" },
} as const;

/** The outputs of `index.ts`. */
export interface StackOutputs {
  readonly hostname: string;
  readonly publicIp: string;
  readonly ipv6Address: string;
  readonly instanceId: string;
  readonly bucket: string;
  readonly statusKey: string;
  readonly bundleDigest: string;
}
