import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { json } from "../../../../verify/report/json";
import { anyText, hostile } from "./support/hostile";
import { check, report, troubled } from "./support/sample";

describe("a report as JSON", () => {
  it("is an object of its fields if there is one, and an array if there are several or none", () => {
    const one = troubled();
    expect(JSON.parse(json([one]))).toEqual(one);
    expect(JSON.parse(json([one, one]))).toEqual([one, one]);
    expect(JSON.parse(json([]))).toEqual([]);
    expect(Object.keys(JSON.parse(json([one])))).toEqual([
      "domain",
      "started",
      "seconds",
      "resolver",
      "checks",
    ]);
    expect(Object.keys(JSON.parse(json([one])).checks[0])).toEqual([
      "id",
      "title",
      "severity",
      "outcome",
      "evidence",
      "remedy",
      "source",
    ]);
  });

  it("gives every string back as it was, and nothing that a terminal obeys", () => {
    const holds = (evidence: string) => {
      const one = report([check("mx-exists", "passed", "high", { evidence })]);
      expect(JSON.parse(json([one]))).toEqual(one);
      expect(json([one]).replace(/\n/g, "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    };
    hostile.forEach(holds);
    fc.assert(fc.property(anyText, holds));
  });
});
