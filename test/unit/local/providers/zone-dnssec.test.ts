import { describe, expect, it } from "vitest";
import { delegationSigner, dsText } from "../../../../local/dnssec";
import type { ZoneSettings } from "../../../../local/world";
import { zoneId, zoneTrust } from "../../../../local/zones";
import { testCloud } from "./support/cloud";
import { openServices } from "./support/service";

const zone = "example.test";
const id = zoneId(zone);
const token = "cloudflare:index/getZoneDnssec:getZoneDnssec";

/** The services of a cloud whose one zone stands so; `registrar` is what is changed there later. */
function open(settings: ZoneSettings) {
  const zoneSettings = { [zone]: settings };
  const cloud = testCloud({ zoneSettings });
  const registrar = (ds: readonly string[]) => {
    zoneSettings[zone] = { ...zoneSettings[zone], ds };
  };
  const services = openServices(cloud);
  const told = () => services.invoke(token, { zoneId: id });
  return { ...services, registrar, told, trust: () => zoneTrust(cloud.store, cloud.account, zone) };
}

describe("DNSSEC of a zone", () => {
  it("is on from the beginning, and its parent says so", async () => {
    const { told, trust } = open({});
    expect(trust()).toEqual({ signed: true, ds: "own" });
    expect(await told()).toMatchObject({ status: "active", zoneId: id });
  });

  it("is off for a domain that was registered without, and can be turned on", async () => {
    const { create, told, trust, cloud } = open({ unsigned: true });
    expect(await told()).toMatchObject({ status: "disabled", ds: null, keyTag: null });
    const { state } = await create("ZoneDnssec", { zoneId: id, status: "active" });
    const key = await cloud.world.dns.zoneKey(zone);
    const own = delegationSigner(zone, key);
    expect(state).toEqual({
      zoneId: id,
      status: "active",
      algorithm: "13",
      digest: own.digest,
      digestAlgorithm: "SHA256",
      digestType: "2",
      ds: `example.test. 3600 IN DS ${own.keyTag} 13 2 ${own.digest}`,
      flags: 257,
      keyTag: own.keyTag,
      keyType: "ECDSAP256SHA256",
      modifiedOn: expect.stringMatching(/^\d{4}-/),
      publicKey: key.publicKey,
    });
    expect(trust()).toEqual({ signed: true, ds: [] });
  });

  it("is pending until the registrar has the right DS", async () => {
    const { create, refresh, registrar, told, cloud } = open({ unsigned: true });
    const held = await create("ZoneDnssec", { zoneId: id, status: "active" });
    const status = async () => [(await told()).status, (await refresh(held))?.state.status];
    expect(await status()).toEqual(["pending", "pending"]);
    registrar([`1 13 2 ${"AB".repeat(32)}`]);
    expect(await status()).toEqual(["pending", "pending"]);
    registrar([dsText(delegationSigner(zone, await cloud.world.dns.zoneKey(zone)))]);
    expect(await status()).toEqual(["active", "active"]);
  });

  it("is turned off when it is destroyed, and on when it is declared again", async () => {
    const { create, remove, told } = open({});
    const held = await create("ZoneDnssec", { zoneId: id, status: "active" });
    await remove(held);
    expect(await told()).toMatchObject({ status: "disabled" });
    await create("ZoneDnssec", { zoneId: id, status: "active" });
    expect(await told()).toMatchObject({ status: "active" });
  });

  it("is not off for the parent while the registrar has a DS that it was given", async () => {
    const { create, told } = open({ ds: [`1 13 2 ${"AB".repeat(32)}`] });
    await create("ZoneDnssec", { zoneId: id, status: "disabled" });
    expect(await told()).toMatchObject({ status: "pending-disabled", digest: null });
  });

  for (const [what, inputs, says] of [
    ["a status that is none", { zoneId: id, status: "pending" }, "is none of active, disabled"],
    ["a zone that is not there", { zoneId: "0".repeat(32), status: "active" }, "7003: Could not route"],
    ["what is not emulated", { zoneId: id, dnssecUseNsec3: true }, "does not emulate"],
  ] as const)
    it(`is refused for ${what}`, async () => {
      await expect(open({}).create("ZoneDnssec", inputs)).rejects.toThrow(says);
    });
});
