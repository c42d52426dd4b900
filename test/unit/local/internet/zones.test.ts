import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseZonesConf, zonesConf } from "../../../../local/internet/knot";
import { initialZones, isWithin, parentOf, zoneFile } from "../../../../local/internet/zones";

const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
const domain = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join("."));

describe("the zone that a name is delegated from", () => {
  const zones = ["", "test", "example.test", "a.example.test"];

  it.each([
    ["example.test", "test"],
    ["a.example.test", "example.test"],
    ["b.a.example.test", "a.example.test"],
    ["notexample.test", "test"],
    ["other", ""],
    ["test", ""],
  ])("of %s is %j, the closest that encloses it", (zone, parent) => {
    expect(parentOf(zone, zones)).toBe(parent);
  });

  it("of the root is none", () => {
    expect(parentOf("", zones)).toBeUndefined();
  });

  it("always encloses it, and no other zone lies between", () => {
    fc.assert(
      fc.property(domain, fc.uniqueArray(domain), (zone, others) => {
        const parent = parentOf(zone, ["", ...others]) ?? expect.fail("there is always the root");
        expect(parent).not.toBe(zone);
        expect(isWithin(zone, parent)).toBe(true);
        const between = others.filter(
          (other) => other !== zone && isWithin(zone, other) && isWithin(other, parent),
        );
        expect(between.filter((other) => other !== parent)).toEqual([]);
      }),
    );
  });
});

describe("Knot's list of zones", () => {
  it("is read back as it was written", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(domain, fc.boolean())), (zones) => {
        const all = new Map([["", true], ...zones]);
        expect(parseZonesConf(zonesConf(all))).toEqual(all);
      }),
    );
  });

  it("names the root as a single dot, and says which zones are not signed", () => {
    const zones = new Map([
      ["", true],
      ["test", false],
    ]);
    expect(zonesConf(zones)).toBe("zone:\n  - domain: .\n  - domain: test.\n    dnssec-signing: off\n");
  });
});

describe("a new zone", () => {
  it("starts with its authority, its name server and the given records", () => {
    expect(zoneFile("peer.test", ["mx A 203.0.113.25"])).toBe(
      "$ORIGIN peer.test.\n$TTL 300\n@ SOA ns1.test. hostmaster.test. 1 3600 600 604800 5\n@ NS ns1.test.\n@ NS ns2.test.\nmx A 203.0.113.25\n",
    );
  });
});

describe("the internet as everyone finds it", () => {
  it("has reverse names for the correspondent and the stranger", () => {
    expect(initialZones([])["113.0.203.in-addr.arpa"]).toEqual([
      "25.113.0.203.in-addr.arpa. PTR mx.peer.test.",
      "1.113.0.203.in-addr.arpa. PTR stranger.test.",
    ]);
  });
});
