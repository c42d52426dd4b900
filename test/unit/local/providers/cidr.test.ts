import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addresses,
  cidrProblem,
  containsAddress,
  containsCidr,
  overlaps,
  parseCidr,
} from "../../../../local/providers/aws/cidr";

const prefix = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, bits]) => {
  const { base } = parseCidr(`${address}/${bits}`);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join(".")}/${bits}`;
});

describe("IPv4 prefixes", () => {
  it("without host bits are all valid, and contain themselves and their own first address", () => {
    fc.assert(
      fc.property(prefix, (cidr) => {
        expect(cidrProblem(cidr)).toBeUndefined();
        expect(containsCidr(cidr, cidr)).toBe(true);
        expect(containsAddress(cidr, cidr.split("/")[0] ?? "")).toBe(true);
      }),
    );
  });

  it("overlap exactly when one contains the other", () => {
    fc.assert(
      fc.property(prefix, prefix, (a, b) => {
        expect(overlaps(a, b)).toBe(containsCidr(a, b) || containsCidr(b, a));
        expect(overlaps(b, a)).toBe(overlaps(a, b));
      }),
    );
  });

  it("give their addresses without the reserved ones", () => {
    expect([...addresses("10.0.1.0/29", 4, 1)]).toEqual(["10.0.1.4", "10.0.1.5", "10.0.1.6"]);
    expect([...addresses("255.255.255.252/30", 1, 1)]).toEqual(["255.255.255.253", "255.255.255.254"]);
  });

  it("are refused with the one that was meant", () => {
    expect(cidrProblem("10.0.0.1/24")).toBe('has host bits set; did you mean "10.0.0.0/24"?');
    for (const wrong of [
      "10.0.0.0",
      "10.0.0.0/33",
      "10.0.0/8",
      "::/0",
      "10.0.0.0/8/8",
      "10.0.0.0/-1",
      "10.0.0.0/",
    ])
      expect(cidrProblem(wrong)).toContain("is not an IPv4 prefix");
  });
});
