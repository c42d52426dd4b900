import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { authorities } from "../../../../verify/caa/authorities";
import { parseIssuer, problemOf } from "../../../../verify/caa/record";

describe("the value of an issue property", () => {
  for (const [value, domain, parameters] of [
    ["letsencrypt.org", "letsencrypt.org", []],
    [" CA1.example.net ; account = 230123 ", "ca1.example.net", [["account", "230123"]]],
    [";", "", []],
    ["", "", []],
    [
      "ca1.example.net; policy=ev; x=",
      "ca1.example.net",
      [
        ["policy", "ev"],
        ["x", ""],
      ],
    ],
  ] as const)
    it(`is read from ${JSON.stringify(value)}`, () => {
      expect(parseIssuer(value)).toEqual({ domain, parameters });
    });

  for (const value of ["%%%%%", "a b", "-a.org", "a.org;;", "a.org; x", "a.org; x=a b", "a.org; x_y=1"])
    it(`can't be read from ${JSON.stringify(value)}`, () => {
      expect(parseIssuer(value)).toBeUndefined();
    });

  it("never breaks", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(255), (tag, value, flags) => {
        expect(["string", "undefined"]).toContain(typeof problemOf({ flags, tag, value }));
      }),
    );
  });
});

describe("the table of authorities", () => {
  it("has each name that an issuer may have once", () => {
    for (const organization of [
      "Let's Encrypt",
      "Google Trust Services",
      "Sectigo Limited",
      "Amazon",
      "SSL Corporation",
    ])
      expect(authorities.filter((each) => each.organization.test(organization))).toHaveLength(1);
  });

  it("has names that a record can have", () => {
    for (const { domains } of authorities)
      for (const domain of domains) expect(parseIssuer(domain)?.domain).toBe(domain);
  });
});
