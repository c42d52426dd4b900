import { describe, expect, it } from "vitest";
import type { Check } from "../../../verify/check";
import { checks } from "../../../verify/checks";
import { passed } from "../../../verify/outcome";
import { verify } from "../../../verify/verify";
import { subjectIn } from "./support/world";

const outcomes = async (world: Parameters<typeof subjectIn>[0], which: readonly Check[] = checks) =>
  new Map((await verify(subjectIn(world), which)).checks.map(({ id, outcome }) => [id, outcome]));

const check = (run: Check["run"]): Check => ({
  id: "test-check",
  title: "A check of the test",
  asks: "Nothing.",
  source: "this test",
  severity: "low",
  run,
});

describe("a run", () => {
  it("says one thing of a domain that does not exist", async () => {
    const found = await outcomes({
      zone: { "example.org SOA": ["ns.example.org hostmaster.example.org 1 1 1 1 1"] },
    });
    expect(found.get("dns-exists")).toBe("failed");
    found.delete("dns-exists");
    expect([...new Set(found.values())]).toEqual(["not-applicable"]);
  });

  it("fails nothing where the resolver gives no answer at all", async () => {
    const found = await outcomes({ unanswered: ["example.com"] });
    expect([...found.values()]).not.toContain("failed");
    expect([...found.values()]).not.toContain("warning");
  });

  it("tells a check that breaks from one that fails", async () => {
    const broken = check(async () => {
      throw new TypeError("no such thing");
    });
    const { checks: reports } = await verify(subjectIn({ zone: { "example.com A": ["192.0.2.1"] } }), [
      broken,
    ]);
    expect(reports[0]).toMatchObject({
      outcome: "not-checked",
      evidence: expect.stringContaining("no such thing"),
      remedy: expect.stringContaining("bug"),
    });
  });

  it("tells each result as it comes", async () => {
    const told: string[] = [];
    const good = check(async () => passed("Yes."));
    await verify(subjectIn({ zone: { "example.com A": ["192.0.2.1"] } }), [good], ({ id }) => told.push(id));
    expect(told).toEqual(["test-check"]);
  });
});
