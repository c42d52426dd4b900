import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ExistingRecord, ZoneContents } from "../../../records";

const record = (zoneId: string, name: string, id = "1"): ExistingRecord => ({
  zoneId,
  id,
  name,
  type: "TXT",
  ttl: 1,
  content: '""',
  proxied: false,
  comment: "",
  createdOn: "2026-01-01T00:00:00Z",
});

// Few of them, so that records often share one, and one is often below another.
const label = fc.constantFrom("a", "b", "aa", "_domainkey", "example", "org");
const name = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join("."));
const zone = fc.constantFrom("zone-a", "zone-b");
const anyCase = fc.tuple(name, fc.boolean()).map(([text, upper]) => (upper ? text.toUpperCase() : text));
const records = fc
  .array(fc.tuple(zone, anyCase), { maxLength: 30 })
  .map((places) => places.map(([zoneId, each], i) => record(zoneId, each, String(i))));

describe("what zones hold", () => {
  it("is found by its name, however that was typed in", () => {
    const www = record("zone-a", "WWW.Example.org");
    expect(new ZoneContents([www]).at("zone-a", "www.example.org")).toEqual([www]);
  });

  it("is not mixed up with what another zone holds under the same name", () => {
    expect(new ZoneContents([record("zone-a", "example.org")]).at("zone-b", "example.org")).toEqual([]);
  });

  it("is found exactly as by looking through all of it, at a name and one label below", () => {
    fc.assert(
      fc.property(records, zone, name, (all, zoneId, wanted) => {
        const contents = new ZoneContents(all);
        const where = (matches: (name: string) => boolean) =>
          all.filter((each) => each.zoneId === zoneId && matches(each.name.toLowerCase()));
        expect(contents.at(zoneId, wanted)).toEqual(where((each) => each === wanted));
        const below = where((each) => each.split(".").slice(1).join(".") === wanted);
        expect(contents.below(zoneId, wanted)).toEqual(below);
      }),
    );
  });
});
