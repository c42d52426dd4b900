import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSize, sizeBetween } from "../../../components/size";

describe("a size", () => {
  it.each([
    ["1 KB", 1_000],
    ["50 MB", 50_000_000],
    ["5 GB", 5_000_000_000],
    ["5GB", 5_000_000_000],
    ["2 TB", 2_000_000_000_000],
    ["1 KiB", 1_024],
    ["50 MiB", 52_428_800],
    ["1.5 GiB", 1_610_612_736],
    ["0.5 TiB", 549_755_813_888],
    ["1.25 KB", 1_250],
    ["0 MB", 0],
    ["8191 TiB", 8191 * 2 ** 40],
  ])("%s is read", (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  it.each([
    "",
    "5",
    "GB",
    "5 G",
    "5 gb",
    "5 Gb",
    "5 gB",
    "5 GBs",
    "5  GB",
    "5 GB ",
    " 5 GB",
    "-5 GB",
    "+5 GB",
    "5,5 GB",
    "5. GB",
    ".5 GB",
    "1e3 MB",
    "1000000 GB",
    "1.2345 GB",
    "5 GB\n",
    "five GB",
    "٥ GB",
    "5 KIB",
    "5 B",
    "5 PB",
    "8192 TiB", // no longer exact in a number
  ])("%j is none", (text) => {
    expect(parseSize(text)).toBeUndefined();
  });

  it("is a whole number of bytes, exact to the thousandth of its unit, for every number and unit", () => {
    const powers = ["K", "M", "G", "T"];
    const unit = fc.tuple(fc.nat(3), fc.boolean());
    fc.assert(
      fc.property(fc.nat(999_999), fc.nat(999), unit, (whole, thousandths, [power, binary]) => {
        const name = `${powers[power]}${binary ? "i" : ""}B`;
        const bytes = parseSize(`${whole}.${String(thousandths).padStart(3, "0")} ${name}`);
        const exact = BigInt(whole * 1000 + thousandths) * BigInt(binary ? 1024 : 1000) ** BigInt(power + 1);
        // Rounded to the nearest byte, halves up.
        const rounded = (exact + 500n) / 1000n;
        expect(bytes).toBe(rounded <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(rounded) : undefined);
      }),
    );
  });
});

describe("a size between two others", () => {
  const rule = sizeBetween("1 MB", "1 TB", "a quota");

  it.each(["1 MB", "5 GB", "1000 GB", "1 TB"])("takes %s", (text) => {
    expect(rule(text)).toBeUndefined();
  });

  it.each(["999 KB", "0 GB", "1.001 TB", "1 TiB"])("names the limits for %s", (text) => {
    expect(rule(text)).toBe('a quota from "1 MB" to "1 TB"');
  });

  it("says how a misspelt one is written", () => {
    expect(rule("5 gb")).toBe(
      'a quota such as "1 MB" or "1.5 GB": a number and KB, MB, GB, TB (of 1000) or KiB, MiB, GiB, TiB (of 1024)',
    );
  });
});
