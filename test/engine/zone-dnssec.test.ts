import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lookUpZones, ZoneDnssec } from "../../components";
import { delegationSigner, dsText } from "../../local/dnssec";
import type { ZoneSettings } from "../../local/world";
import { zoneId } from "../../local/zones";
import { openTestCloud, type TestCloud } from "./support/cloud";
import { changesOf, stackOf } from "./support/stack";

const zone = "example.test";

const program = async () => {
  const { at } = await lookUpZones([{ name: zone, key: "zone" }]);
  const { ds, status } = new ZoneDnssec(zone, { zone, ...at(zone) });
  return { ds, status };
};

describe("a zone whose signatures are turned on", () => {
  let cloud: TestCloud;
  const zoneSettings: Record<string, ZoneSettings> = { [zone]: { unsigned: true } };
  beforeAll(async () => {
    cloud = await openTestCloud({ zoneSettings });
  });
  afterAll(() => cloud.close());

  it("gives out what the registrar asks for, and says so in every run until the registrar has it", async () => {
    const stack = await stackOf(cloud, program);
    expect((await stack.preview()).stdout).not.toContain("registrar");
    expect(cloud.store.get("zoneDnssec", zoneId(zone))).toBeUndefined();

    const first = await stack.up();
    const signer = delegationSigner(zone, await cloud.world.dns.zoneKey(zone));
    const record = `${zone}. 3600 IN DS ${dsText(signer)}`;
    const [keyTag, algorithm, digestType, digest] = dsText(signer).split(" ");
    expect(first.outputs.ds?.value).toEqual({
      keyTag: Number(keyTag),
      algorithm,
      digestType,
      digest,
      flags: 257,
      publicKey: expect.stringMatching(/^[A-Za-z0-9+/]{86}==$/),
      record,
    });
    const warning =
      `DNSSEC of ${zone} is pending: nobody can check its signatures, and DANE does not work, before the registrar of ` +
      `${zone} has this DS record: ${record}`;
    expect(first.outputs.status?.value).toBe("pending");
    expect(first.stdout).toContain(warning);
    const second = await stack.up();
    expect(changesOf(second)).toEqual({});
    expect(second.stdout).toContain(warning);

    zoneSettings[zone] = { ...zoneSettings[zone], ds: [dsText(signer)] };
    const trusted = await stack.up();
    expect(trusted.outputs.status?.value).toBe("active");
    expect(trusted.stdout).not.toContain("registrar");
    await stack.refresh();
    expect(changesOf(await stack.up())).toEqual({});

    // A DS record for a zone without signatures would do the same.
    const row = cloud.store.get("zoneDnssec", zoneId(zone));
    if (!row) throw new Error("the zone was never signed");
    cloud.store.put("zoneDnssec", zoneId(zone), { ...row, facts: { ...row.facts, status: "disabled" } });
    const off = await stack.up();
    expect(off.stdout).toContain(
      `DNSSEC of ${zone} is pending-disabled at Cloudflare, which this stack had turned on: turn it on again there. Until ` +
        `then the registrar of ${zone} must have no DS record`,
    );
    expect(off.stdout).not.toContain("has this DS record");
    cloud.store.put("zoneDnssec", zoneId(zone), row);

    // Without them, and with the registrar's record, nobody could look the domain up.
    await stack.destroy();
    expect(cloud.store.get("zoneDnssec", zoneId(zone))?.facts.status).toBe("active");
  });
});
