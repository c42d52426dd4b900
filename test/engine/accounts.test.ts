import * as cloudflare from "@pulumi/cloudflare";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { zoneId } from "../../local/zones";
import { openTestCloud, type TestCloud } from "./support/cloud";
import { changesOf, failure, stackOf } from "./support/stack";

const token = `local-two-${"x".repeat(40)}`;

function record(name: string, zone: string, provider?: cloudflare.Provider) {
  const inputs = { zoneId: zoneId(zone), name: `www.${zone}`, type: "A", ttl: 300, content: "203.0.113.9" };
  return new cloudflare.DnsRecord(name, inputs, { provider });
}

/** A zone of the default account, and one of another that an explicit provider has the token of. */
const program = async () => {
  const provider = new cloudflare.Provider("two", { apiToken: pulumi.secret(token) });
  const theirs = cloudflare.getZoneOutput({ filter: { name: "example.org" } }, { provider });
  const ours = cloudflare.getZoneOutput({ filter: { name: "example.test" } });
  const records = [record("ours", "example.test"), record("theirs", "example.org", provider)];
  new cloudflare.ZoneDnssec("dnssec", { zoneId: theirs.zoneId, status: "active" }, { provider });
  return {
    accounts: pulumi.all([ours.account.id, theirs.account.id]),
    // What each provider is asked once both are configured, in either order.
    seen: pulumi.all(records.map(({ id }) => id)).apply(async () => {
      const list = async (zone: string, options: pulumi.InvokeOptions) => {
        const { results } = await cloudflare.getDnsRecords({ zoneId: zoneId(zone) }, options);
        return results.map(({ name }) => name);
      };
      return [await list("example.org", { provider }), await list("example.test", {})];
    }),
  };
};

describe("a program with zones in two Cloudflare accounts", () => {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await openTestCloud({ zoneSettings: { "example.org": { account: "two" } } });
  });
  afterAll(() => cloud.close());

  it("reaches each with its own token", async () => {
    const stack = await stackOf(cloud, program);
    await stack.preview();
    const { outputs } = await stack.up();
    expect(outputs.seen?.value).toEqual([["www.example.org"], ["www.example.test"]]);
    expect(new Set(outputs.accounts?.value as string[]).size).toBe(2);
    expect(changesOf(await stack.up())).toEqual({});
    expect(changesOf(await stack.refresh())).toEqual({});
    expect(await cloud.stateText()).not.toContain(token);
    await stack.destroy();
    expect(cloud.store.all("dnsRecord")).toEqual([]);
  });

  it("does not see a zone with the other's token", async () => {
    const stack = await stackOf(cloud, async () => {}, "lost");
    const provider = () => new cloudflare.Provider("two", { apiToken: token });
    for (const [declare, says] of [
      [async () => void record("lost", "example.org"), "10000: Authentication error"],
      [async () => void record("lost", "example.test", provider()), "10000: Authentication error"],
      [
        async () => void (await cloudflare.getZone({ filter: { name: "example.org" } })),
        "zone example.org not found: the Cloudflare account has example.test",
      ],
    ] as const)
      expect(await failure(stack.up({ program: declare }))).toContain(says);
  });

  it("refuses what is no token in a preview", async () => {
    const stack = await stackOf(cloud, async () => {}, "wrong");
    const declare = async () => void new cloudflare.Provider("two", { apiToken: "local-two" });
    expect(await failure(stack.preview({ program: declare }))).toContain(
      'apiToken: "local-two" is no API token: 40 to 80 letters, digits, hyphens and underscores',
    );
  });
});
