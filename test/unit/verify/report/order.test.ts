import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checks } from "../../../../verify/checks";
import { outcomes, severities } from "../../../../verify/outcome";
import { arrange } from "../../../../verify/report/order";
import { groupOf, groupTitle } from "../../../../verify/report/words";
import { check, report } from "./support/sample";

const groups = ["dns", "mx", "tls", "tls-rpt", "mta-sts"];
const anyCheck = fc
  .tuple(fc.constantFrom(...groups), fc.nat(), fc.constantFrom(...outcomes), fc.constantFrom(...severities))
  .map(([group, number, outcome, severity]) => check(`${group}-${number}`, outcome, severity));
const anyChecks = fc.uniqueArray(anyCheck, { selector: ({ id }) => id, maxLength: 30 });

describe("the order of a report", () => {
  it("puts what failed by its harm, and checks of the same harm as the registry has them", () => {
    const { mend, improve, unchecked } = arrange(
      report([
        check("dns-a", "failed", "low"),
        check("mx-a", "warning", "critical"),
        check("mx-b", "failed", "high"),
        check("mx-c", "not-checked", "medium"),
        check("spf-a", "failed", "critical"),
        check("tls-a", "failed", "high"),
        check("tls-b", "not-checked", "critical"),
      ]),
    );
    const ids = [mend, improve, unchecked].map((part) => part.map(({ id }) => id));
    expect(ids).toEqual([["spf-a", "mx-b", "tls-a", "dns-a"], ["mx-a"], ["tls-b", "mx-c"]]);
  });

  it("groups everything else as the registry does, what passed before what does not apply", () => {
    const { rest } = arrange(
      report([
        check("mx-a", "failed"),
        check("mx-b", "not-applicable"),
        check("tls-rpt-a", "passed"),
        check("tls-a", "passed"),
        check("mx-c", "passed"),
        check("spf-a", "failed"),
      ]),
    );
    expect(rest.map(({ id, checks }) => [id, checks.map((one) => one.id)])).toEqual([
      ["mx", ["mx-c", "mx-b"]],
      ["tls-rpt", ["tls-rpt-a"]],
      ["tls", ["tls-a"]],
    ]);
  });

  it("shows each check once", () => {
    fc.assert(
      fc.property(anyChecks, (given) => {
        const { mend, improve, unchecked, rest } = arrange(report(given));
        const shown = [...mend, ...improve, ...unchecked, ...rest.flatMap((group) => group.checks)];
        expect(new Set(shown)).toEqual(new Set(given));
        expect(shown).toHaveLength(given.length);
      }),
    );
  });

  it("has a title for the group of every check that there is", () => {
    const untitled = checks.map(({ id }) => groupOf(id)).filter((group) => groupTitle(group) === group);
    expect(untitled).toEqual([]);
  });
});
