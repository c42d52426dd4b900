import * as ec2 from "@pulumi/aws/ec2";
import * as cloudflare from "@pulumi/cloudflare";
import type { Stack } from "@pulumi/pulumi/automation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { zoneId } from "../../local/zones";
import { openTestCloud, type TestCloud } from "./support/cloud";
import { changesOf, stackOf } from "./support/stack";

const program = async () => {
  new ec2.Vpc("network", { cidrBlock: "10.0.0.0/16", tags: { Name: "ours" } });
  for (const name of ["www", "ftp"])
    new cloudflare.DnsRecord(name, {
      zoneId: zoneId("example.test"),
      name: `${name}.example.test`,
      type: "A",
      ttl: 60,
      content: "203.0.113.9",
    });
};

describe("what somebody changed outside of Pulumi", () => {
  let cloud: TestCloud;
  let stack: Stack;
  beforeAll(async () => {
    cloud = await openTestCloud();
    stack = await stackOf(cloud, program);
    await stack.up();
  });
  afterAll(() => cloud.close());

  it("a refresh sees a changed property, and the next up sets it right", async () => {
    const [[id, network]] = cloud.store.all("vpc") as [
      [string, NonNullable<ReturnType<typeof cloud.store.get<"vpc">>>],
    ];
    cloud.store.put("vpc", id, { ...network, config: { ...network.config, tags: { Name: "theirs" } } });
    expect(changesOf(await stack.refresh())).toEqual({ update: 1 });
    expect(changesOf(await stack.up())).toEqual({ update: 1 });
    expect(cloud.store.get("vpc", id)?.config.tags).toEqual({ Name: "ours" });
  });

  it("a refresh sees that a resource is gone, and the next up makes it again", async () => {
    const gone = cloud.store.all("dnsRecord").find(([, { config }]) => config.name === "ftp.example.test");
    cloud.store.remove("dnsRecord", gone?.[0] ?? "");
    expect(changesOf(await stack.refresh())).toEqual({ delete: 1 });
    expect(changesOf(await stack.up())).toEqual({ create: 1 });
  });
});

describe("a TXT record that is not given as Cloudflare keeps it", () => {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await openTestCloud();
  });
  afterAll(() => cloud.close());

  const txt = (content: string) => async () => {
    new cloudflare.DnsRecord("txt", {
      zoneId: zoneId("example.test"),
      name: "example.test",
      type: "TXT",
      ttl: 60,
      content,
    });
  };
  const long = "x".repeat(300);

  for (const [what, content] of [
    ["unquoted text", "v=spf1 -all"],
    ["one string of more than 255 bytes", `"${long}"`],
  ] as const)
    it(`drifts at every up: ${what}`, async () => {
      const stack = await stackOf(cloud, txt(content), "drifting");
      await stack.up();
      expect(changesOf(await stack.up())).toEqual({ update: 1 });
      await stack.destroy();
    });

  it("stays as it is when it is quoted and cut into strings of 255 bytes", async () => {
    const stack = await stackOf(cloud, txt(`"${long.slice(0, 255)}" "${long.slice(255)}"`), "steady");
    await stack.up();
    expect(changesOf(await stack.up())).toEqual({});
  });
});
