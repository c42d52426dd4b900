import * as ec2 from "@pulumi/aws/ec2";
import * as cloudflare from "@pulumi/cloudflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../local/run";
import { installLanguageHost } from "../../local/toolchain/language-host/install";
import { ensurePulumi } from "../../local/toolchain/pulumi";
import { zoneId } from "../../local/zones";
import { openTestCloud, type TestCloud } from "./support/cloud";
import { changesOf, failure, stackOf } from "./support/stack";

/** Declares a network with a record, made anew or taken over by their ids. */
function program(ids: { readonly vpc?: string; readonly record?: string } = {}) {
  return async () => {
    const network = new ec2.Vpc(
      "network",
      { cidrBlock: "10.0.0.0/16", tags: { Name: "main" } },
      { import: ids.vpc, retainOnDelete: true },
    );
    new cloudflare.DnsRecord(
      "www",
      {
        zoneId: zoneId("example.test"),
        name: "www.example.test",
        type: "A",
        ttl: 60,
        content: "203.0.113.9",
      },
      { import: ids.record, retainOnDelete: true },
    );
    return { network: network.id };
  };
}

describe("resources that exist already", () => {
  let cloud: TestCloud;
  const ids = { vpc: "", record: "" };
  beforeAll(async () => {
    cloud = await openTestCloud();
    const first = await stackOf(cloud, program(), "first");
    await first.up();
    await first.destroy();
    ids.vpc = cloud.store.all("vpc")[0]?.[0] ?? "";
    ids.record = `${zoneId("example.test")}/${cloud.store.all("dnsRecord")[0]?.[0]}`;
  });
  afterAll(() => cloud.close());

  it("are taken over by the import option, and are not changed", async () => {
    const stack = await stackOf(cloud, program(ids), "second");
    const held = cloud.store.size;
    const result = await stack.up();
    expect(changesOf(result)).toEqual({ create: 1, import: 2 });
    expect(result.outputs.network?.value).toBe(ids.vpc);
    expect(changesOf(await stack.up())).toEqual({});
    expect(cloud.store.size).toBe(held);
  });

  it("are taken over by `pulumi import`, and are not changed", async () => {
    const stack = await stackOf(cloud, async () => {}, "third");
    await installLanguageHost(await ensurePulumi(cloud.cacheDir), cloud.env.PULUMI_HOME ?? "", cloud.env);
    const type = "aws:ec2/vpc:Vpc";
    const { stdout } = await run(
      [cloud.cli, "import", type, "adopted", ids.vpc, "--yes", "--stack", "third", "--generate-code=false"],
      { env: cloud.env, cwd: stack.workspace.workDir },
    );
    expect(stdout).toContain("1 imported");
  });

  it("that are not there are an error", async () => {
    const stack = await stackOf(cloud, program({ ...ids, vpc: "vpc-0123456789abcdef0" }), "fourth");
    expect(await failure(stack.up())).toContain("resource 'vpc-0123456789abcdef0' does not exist");
  });
});
