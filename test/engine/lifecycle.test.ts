import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reverseName } from "../../local/record-sets";
import { resourceCount, webHost } from "./programs/web-host";
import { openTestCloud, type TestCloud } from "./support/cloud";
import { changesOf, stackOf } from "./support/stack";

describe("the life of a stack", () => {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await openTestCloud();
  });
  afterAll(() => cloud.close());

  it("a preview creates nothing, and what only the cloud can know is unknown to the program", async () => {
    const ran: string[] = [];
    const stack = await stackOf(cloud, async () => {
      const { address, instance, certificate } = await webHost()();
      for (const output of [address, instance, certificate]) output.apply((value) => ran.push(value));
    });
    const { changeSummary } = await stack.preview();
    expect(changeSummary).toEqual({ create: resourceCount });
    expect(cloud.store.size).toBe(0);
    expect(ran).toEqual([]);
  });

  it("a first up creates everything", async () => {
    const result = await (await stackOf(cloud, webHost())).up();
    expect(changesOf(result)).toEqual({ create: resourceCount });
    const address = result.outputs.address?.value as string;
    expect(address).toMatch(/^203\.0\.113\.\d+$/);
    expect(result.outputs.instance?.value).toMatch(/^i-[0-9a-f]{17}$/);
    expect(await cloud.world.dns.resolve("www.example.test", "A")).toEqual([address]);
    expect(await cloud.world.dns.resolve(reverseName(address), "PTR")).toEqual(["www.example.test."]);
  });

  it("a second up changes nothing", async () => {
    const stack = await stackOf(cloud, webHost());
    const held = cloud.store.size;
    expect(changesOf(await stack.up())).toEqual({});
    expect(cloud.store.size).toBe(held);
  });

  it("a refresh of what nobody touched finds nothing to repair", async () => {
    const stack = await stackOf(cloud, webHost());
    expect(changesOf(await stack.refresh())).toEqual({});
    expect(changesOf(await stack.up())).toEqual({});
  });

  it("a destroy leaves nothing in the cloud", async () => {
    const result = await (await stackOf(cloud, webHost())).destroy();
    expect(changesOf(result)).toEqual({ delete: resourceCount });
    expect(cloud.store.size).toBe(0);
    expect(await cloud.world.dns.resolve("www.example.test", "A")).toEqual([]);
  });
});
