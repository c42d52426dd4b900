import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { delegationSigner, dsText, parseDs } from "../../../local/dnssec";
import { noneWorld } from "../../../local/none";

// RFC 6605 section 6.1.
const key = {
  flags: 257,
  algorithm: 13,
  publicKey: "GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==",
};
const digest = "B4C8C1FE2E7477127B27115656AD6256F424625BF5C1E2770CE6D6E37DF61D17";
const ds = { keyTag: 55_648, algorithm: 13, digestType: 2, digest };

describe("a DS record", () => {
  it("follows from the zone's key as in the RFC's example", () => {
    expect(delegationSigner("example.net", key)).toEqual(ds);
    expect(delegationSigner("Example.NET.", key)).toEqual(ds);
    expect(dsText(ds)).toBe(`55648 13 2 ${digest}`);
  });

  for (const text of [
    dsText(ds),
    dsText(ds).toLowerCase(),
    ` 55648  13 2 ${digest.slice(0, 56)} ${digest.slice(56)}\n`,
    `example.net. 3600 IN DS ${dsText(ds)}`,
    `example.net. DS ${dsText(ds)}`,
  ])
    it(`is read from ${JSON.stringify(text)}`, () => {
      expect(parseDs(text)).toEqual([ds]);
    });

  it("is read back as it was written, one or several", () => {
    const hex = (length: number) =>
      fc.stringMatching(new RegExp(`^[0-9A-F]{${length}}$`), { maxLength: length });
    const any = fc
      .constantFrom([1, 40] as const, [2, 64] as const, [4, 96] as const)
      .chain(([digestType, length]) =>
        fc.record({
          keyTag: fc.integer({ min: 0, max: 65_535 }),
          algorithm: fc.integer({ min: 0, max: 255 }),
          digestType: fc.constant(digestType),
          digest: hex(length),
        }),
      );
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 3 }), (all) => {
        expect(parseDs(all.map(dsText).join(" "))).toEqual(all);
      }),
      { numRuns: 30 },
    );
  });

  for (const text of [
    "",
    "none",
    "55648 13 2",
    "55648 13 2 ABCD",
    `55648 13 3 ${digest}`,
    `70000 13 2 ${digest}`,
    `55648 13 2 ${digest.replace("B", "G")}`,
    `55648 13 2 ${digest} 1`,
  ])
    it(`is not read from ${JSON.stringify(text)}`, () => {
      expect(() => parseDs(text)).toThrow("is no DS record: wanted is KEYTAG ALGORITHM DIGESTTYPE DIGEST");
    });
});

describe("a zone of a cloud without machines", () => {
  it("has a key of its own, which stays the same", async () => {
    const { dns } = noneWorld("none");
    const [one, two] = [await dns.zoneKey("one.test"), await dns.zoneKey("two.test")];
    expect(await dns.zoneKey("one.test")).toEqual(one);
    expect(two.publicKey).not.toBe(one.publicKey);
    expect(Buffer.from(one.publicKey, "base64")).toHaveLength(64);
  });
});
