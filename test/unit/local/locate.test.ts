import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { locateCloud } from "../../../local/locate";

const dir = mkdtempSync(join(tmpdir(), "locate-"));
afterAll(() => rmSync(dir, { recursive: true }));

describe("the things of a local cloud", () => {
  it("are its own: no two names, and no two checkouts, share any", () => {
    const checkouts = ["a", "b"].map((name) => join(dir, name));
    for (const checkout of checkouts) mkdirSync(checkout);
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);
    const where = fc.record({ checkout: fc.constantFrom(...checkouts), name });
    fc.assert(
      fc.property(where, where, (one, other) => {
        fc.pre(one.checkout !== other.checkout || one.name !== other.name);
        const [a, b] = [one, other].map((cloud) => locateCloud(cloud.checkout, cloud.name));
        for (const key of ["id", "dir", "runDir", "cgroup"] as const) expect(a?.[key]).not.toBe(b?.[key]);
        const namespaces = [a, b].flatMap((cloud) => Object.values(cloud?.netns ?? {}));
        expect(new Set(namespaces).size).toBe(4);
      }),
    );
  });

  it("leave room for a socket's name, which is limited to 107 bytes", () => {
    expect(join(locateCloud(dir, "x".repeat(31)).runDir, "control").length).toBeLessThan(107);
  });

  for (const name of ["", "Local", "../etc", "a b", "1st", "x".repeat(32)])
    it(`can't be named ${JSON.stringify(name)}`, () => {
      expect(() => locateCloud(dir, name)).toThrow(`"${name}" can't be the name of a local cloud`);
    });
});
