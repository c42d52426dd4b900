import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressLists, domainLists, interpret } from "../../../../verify/reputation/lists";

describe("the answer of a block list", () => {
  for (const list of [...addressLists, ...domainLists])
    it(`of ${list.zone} is a listing only for the codes that it has`, () => {
      fc.assert(
        fc.property(fc.ipV4(), (address) => {
          const { kind } = interpret(list, [address]);
          if (list.refusals.includes(address) || !address.startsWith("127.")) expect(kind).toBe("unusable");
        }),
      );
      for (const refusal of list.refusals) expect(interpret(list, [refusal]).kind).toBe("unusable");
      for (const code of Object.keys(list.codes)) expect(interpret(list, [code]).kind).toBe("listed");
      expect(interpret(list, []).kind).toBe("clear");
    });

  it("with a refusal is none, whatever else is with it", () => {
    const [zen] = addressLists;
    if (zen) expect(interpret(zen, ["127.0.0.2", "127.255.255.255"]).kind).toBe("unusable");
  });
});
