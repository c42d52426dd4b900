import * as awsSdk from "@pulumi/aws";
import * as cloudflareSdk from "@pulumi/cloudflare";
import * as tlsSdk from "@pulumi/tls";
import { describe, expect, it } from "vitest";
import { aws } from "../../../../local/providers/aws/package";
import { cloudflare } from "../../../../local/providers/cloudflare/package";
import type { Package } from "../../../../local/providers/resource";
import { schema } from "../../../../local/providers/schema";
import { tls } from "../../../../local/providers/tls/package";
import { testCloud } from "./support/cloud";

const cloud = testCloud();
const packages: [Package, object][] = [
  [aws(cloud), awsSdk],
  [cloudflare(cloud), cloudflareSdk],
  [tls(), tlsSdk],
];

for (const [pkg, sdk] of packages)
  describe(`the package ${pkg.name}`, () => {
    it("names each resource type as the SDK does", () => {
      for (const token of Object.keys(pkg.resources)) expect(sdkClass(sdk, token)?.__pulumiType).toBe(token);
    });

    it("names each function as the SDK does", () => {
      for (const token of Object.keys(pkg.functions)) expect(sdkClass(sdk, token)).toBeTypeOf("function");
    });

    it("has a schema of every type and function", () => {
      expect(schema(pkg)).toMatchObject({
        name: pkg.name,
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        resources: Object.fromEntries(Object.keys(pkg.resources).map((token) => [token, { type: "object" }])),
        functions: Object.fromEntries(Object.keys(pkg.functions).map((token) => [token, {}])),
      });
    });
  });

/** What `aws:ec2/vpc:Vpc` stands for in the SDK: `aws.ec2.Vpc`. */
function sdkClass(sdk: object, token: string): { readonly __pulumiType?: string } | undefined {
  const [, module = "", name = ""] = token.split(":");
  const folder = module.split("/")[0] ?? "";
  const room = (folder === "index" ? sdk : (sdk as Record<string, object>)[folder]) as Record<string, object>;
  return room[name];
}
