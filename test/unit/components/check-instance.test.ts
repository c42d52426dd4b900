import { describe, expect, it } from "vitest";
import { checkInstanceType } from "../../../components/check-instance";
import { memoryMiB } from "../../../local/providers/aws/instance-types";

const families = ["t3", "t3a", "t4g", "c5", "c7g", "c7i", "m5", "m6g", "m7g", "r6g", "r7i"];
const sizes = ["nano", "micro", "small", "medium", "large", "xlarge", "2xlarge", "8xlarge"];
const types = families.flatMap((family) => sizes.map((size) => `${family}.${size}`)).filter(memoryMiB);

describe("an instance type", () => {
  it("has 4 GiB of memory for the virus scanner, or is refused with one of its family that has", () => {
    expect(types.length).toBeGreaterThan(50);
    for (const type of types) {
      expect(checkInstanceType(type, {})).toBeUndefined();
      const wants = checkInstanceType(type, { antivirus: true });
      expect(wants === undefined, type).toBe(memoryMiB(type) >= 4096);
      if (wants === undefined) continue;
      const [, other = ""] = /such as (\S+), which antivirus: true needs/.exec(wants) ?? [];
      expect(other.split(".")[0]).toBe(type.split(".")[0]);
      expect(checkInstanceType(other, { antivirus: true })).toBeUndefined();
      expect(memoryMiB(other), other).toBeGreaterThanOrEqual(4096);
    }
  });

  it.each(["c7g.medium", "a1.medium", "t4g.nano"])("is refused with less: %s", (type) => {
    expect(checkInstanceType(type, { architecture: "arm64", antivirus: true })).toContain("4 GiB");
  });

  it.each(["m7g.medium", "c7g.large", "m7g.metal", "t4g.2xlarge"])("is not asked for more: %s", (type) => {
    expect(checkInstanceType(type, { architecture: "arm64", antivirus: true })).toBeUndefined();
  });

  it("is of the declared architecture before all else", () => {
    const wants = checkInstanceType("t3.micro", { architecture: "arm64", antivirus: true });
    expect(wants).toMatch(/^a type of the architecture arm64/);
  });
});
