import * as cloudflare from "@pulumi/cloudflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { delegationSigner, dsText } from "../../local/dnssec";
import type { ZoneSettings } from "../../local/world";
import { zoneId } from "../../local/zones";
import { openTestCloud, type TestCloud } from "./support/cloud";
import { changesOf, stackOf } from "./support/stack";

const zone = "example.test";

const program = async () => {
  const dnssec = new cloudflare.ZoneDnssec("dnssec", { zoneId: zoneId(zone), status: "active" });
  const told = cloudflare.getZoneDnssecOutput({ zoneId: dnssec.zoneId });
  return { ds: dnssec.ds, output: dnssec.status, told: told.status };
};

describe("a domain that was registered without DNSSEC", () => {
  let cloud: TestCloud;
  const zoneSettings: Record<string, ZoneSettings> = { [zone]: { unsigned: true } };
  beforeAll(async () => {
    cloud = await openTestCloud({ zoneSettings });
  });
  afterAll(() => cloud.close());

  it("waits for its registrar, then is trusted", async () => {
    const stack = await stackOf(cloud, program);
    const { outputs } = await stack.up();
    const own = dsText(delegationSigner(zone, await cloud.world.dns.zoneKey(zone)));
    expect(outputs.ds?.value).toBe(`${zone}. 3600 IN DS ${own}`);
    // The output of the resource is what was asked for; only the function knows.
    expect([outputs.output?.value, outputs.told?.value]).toEqual(["active", "pending"]);
    expect(changesOf(await stack.refresh())).toEqual({ update: 1 });
    expect(changesOf(await stack.up())).toEqual({ update: 1 });

    zoneSettings[zone] = { ...zoneSettings[zone], ds: [own] };
    await stack.refresh();
    expect(changesOf(await stack.up())).toEqual({});
    expect((await stack.outputs()).told?.value).toBe("active");
    expect(changesOf(await stack.refresh())).toEqual({});

    await stack.destroy();
    expect(cloud.store.get("zoneDnssec", zoneId(zone))?.facts.status).toBe("disabled");
  });
});
