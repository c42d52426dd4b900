import { describe, expect, it } from "vitest";
import { summarized } from "../../../cli/acceptance/verify";
import type { CheckReport, Report } from "../../../verify/report";

const check = (id: string, outcome: CheckReport["outcome"]): CheckReport => ({
  id,
  title: id,
  severity: "high",
  outcome,
  evidence: `What ${id} saw.\nMore of it.`,
  remedy: outcome === "failed" ? "Mend it." : "",
  source: "RFC 5321",
});

const report = (...checks: CheckReport[]): Report => ({
  domain: "example.test",
  started: "2026-11-24T12:00:00.000Z",
  seconds: 2.5,
  resolver: "203.0.113.54",
  checks,
});

describe("what npm start takes from mailserver verify", () => {
  it("holds where nothing fails, whatever could be better", () => {
    expect(summarized(report(check("mx-exists", "passed"), check("mx-ipv6", "warning")))).toMatchObject({
      title: "mailserver verify example.test",
      held: true,
      seconds: 2.5,
    });
  });

  it("names each failure with what to do", () => {
    const { held, evidence } = summarized(report(check("mx-exists", "failed"), check("spf-all", "failed")));
    expect(held).toBe(false);
    expect(evidence.split("\n").slice(1)).toEqual([
      "mx-exists: What mx-exists saw. Mend it.",
      "spf-all: What spf-all saw. Mend it.",
    ]);
  });
});
