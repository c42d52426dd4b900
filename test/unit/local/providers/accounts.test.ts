import { describe, expect, it } from "vitest";
import { aws } from "../../../../local/providers/aws/package";
import { dashboard } from "../../../../local/providers/cloudflare/dashboard";
import { cloudflare } from "../../../../local/providers/cloudflare/package";
import * as operations from "../../../../local/providers/operations";
import { zoneId } from "../../../../local/zones";
import { testCloud } from "./support/cloud";
import { openServices } from "./support/service";

const token = `local-two-${"x".repeat(40)}`;
const [ours, theirs] = ["example.test", "example.org"] as const;

/** Two accounts with a zone each, as the tokens of both see them. */
function open() {
  const cloud = testCloud({ zoneSettings: { [theirs]: { account: "two" } } });
  return { cloud, first: openServices(cloud), second: openServices(cloud, token) };
}

const record = (zone: string) => ({
  ...{ zoneId: zoneId(zone), name: `www.${zone}`, type: "A", ttl: 300, content: "203.0.113.9" },
});
const getZone = "cloudflare:index/getZone:getZone";

describe("a Cloudflare account", () => {
  it("has zones that the token of another does not see", async () => {
    const { first, second } = open();
    const byName = (name: string) => ({ filter: { name } });
    const one = await first.invoke(getZone, byName(ours));
    const two = await second.invoke(getZone, byName(theirs));
    expect([one.id, two.id]).toEqual([zoneId(ours), zoneId(theirs)]);
    expect(one.account).not.toEqual(two.account);
    await expect(first.invoke(getZone, byName(theirs))).rejects.toThrow(
      "zone example.org not found: the Cloudflare account has example.test",
    );
    await expect(second.invoke(getZone, byName(ours))).rejects.toThrow(
      "zone example.test not found: the Cloudflare account has example.org",
    );
    await expect(first.invoke(getZone, { zoneId: zoneId(theirs) })).rejects.toThrow(
      "9109: Unauthorized to access requested resource",
    );
  });

  it("lets only its own tokens at the records and at DNSSEC of its zones", async () => {
    const { first, second } = open();
    const held = await second.create("DnsRecord", record(theirs));
    const dnssec = { zoneId: zoneId(theirs), status: "active" };
    for (const attempt of [
      first.create("DnsRecord", record(theirs)),
      first.update(held, { ...record(theirs), ttl: 60 }),
      first.refresh(held),
      first.remove(held),
      first.create("ZoneDnssec", dnssec),
      first.invoke("cloudflare:index/getDnsRecords:getDnsRecords", { zoneId: zoneId(theirs) }),
      first.invoke("cloudflare:index/getZoneDnssec:getZoneDnssec", { zoneId: zoneId(theirs) }),
    ])
      await expect(attempt).rejects.toThrow("10000: Authentication error");
    expect(await second.refresh(held)).toMatchObject({ id: held.id });
    await second.create("ZoneDnssec", dnssec);
  });

  it("keeps the zones that its tokens declared", async () => {
    const { first, second } = open();
    const held = await second.create("Zone", { account: { id: "two" }, name: "new.test" });
    await second.create("DnsRecord", record("new.test"));
    await expect(first.create("DnsRecord", record("new.test"))).rejects.toThrow("10000");
    await expect(first.refresh(held)).rejects.toThrow("9109");
    await second.remove(held);
  });

  it("shows its zones to whoever works by hand", async () => {
    const { cloud, second } = open();
    const byHand = dashboard(cloud);
    const { id } = await byHand.addRecord(theirs, { name: "www", type: "A", content: "203.0.113.9" });
    const { results } = await second.invoke("cloudflare:index/getDnsRecords:getDnsRecords", {
      zoneId: zoneId(theirs),
    });
    expect(results).toMatchObject([{ id }]);
  });

  for (const [what, other] of [
    ["without a label", "x".repeat(40)],
    ["of the real service", "v1.0-local-two".replaceAll(".", "_").padEnd(40, "x")],
    ["none", undefined],
  ] as const)
    it(`is the default one for a token ${what}`, async () => {
      const { invoke } = openServices(open().cloud, other);
      expect(await invoke(getZone, { filter: { name: ours } })).toMatchObject({ id: zoneId(ours) });
    });

  it("that nobody made has no zones", async () => {
    const { invoke } = openServices(open().cloud, token.replace("two", "three"));
    await expect(invoke(getZone, { filter: { name: ours } })).rejects.toThrow("account has no zones");
  });
});

describe("a token that the real provider does not take", () => {
  for (const apiToken of ["local-two-short", `local-two-${"x".repeat(80)}`, `local.two.${"x".repeat(40)}`])
    it(`is refused: ${apiToken.slice(0, 20)}`, () => {
      const { problems } = operations.checkConfig(cloudflare(testCloud()), { apiToken });
      expect(problems).toMatchObject([
        { property: "apiToken", reason: expect.stringContaining("no API token") },
      ]);
    });

  it("is no matter of other packages", () => {
    const cloud = testCloud();
    expect(operations.configure(aws(cloud), {}).name).toBe("aws");
  });
});
