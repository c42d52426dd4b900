import { describe, expect, it } from "vitest";
import { exitStatus, summary, verdict } from "../../../../verify/report/verdict";
import { check, report } from "./support/sample";

const [passed, warning, unchecked] = [
  check("mx-exists", "passed"),
  check("dns-dnssec", "warning"),
  check("mx-ipv6-reachable", "not-checked"),
];
const critical = check("smtp-relay", "failed", "critical");
const high = check("spf-all", "failed", "high");

describe("the verdict", () => {
  for (const [sentence, checks] of [
    ["1 thing to mend, which loses mail or opens the server to abuse", [passed, critical, warning]],
    ["2 things to mend, 1 of them loses mail or opens the server to abuse", [high, critical]],
    ["3 things to mend, 2 of them lose mail or open the server to abuse", [critical, high, critical]],
    ["2 things to mend, each of which gets mail refused, forged or read", [high, high, unchecked]],
    ["1 thing to mend, which costs trust", [check("mx-a", "failed", "medium")]],
    ["1 thing to mend, which falls short of good practice", [check("mx-a", "failed", "low")]],
    ["nothing to mend, 1 thing to improve", [passed, warning]],
    ["nothing to mend, 2 things to improve, 1 check could not be made", [warning, unchecked, warning]],
    ["nothing to mend, 1 check could not be made", [passed, unchecked]],
    ["all is well", [passed, check("account-imap", "not-applicable")]],
    ["nothing could be checked", [unchecked, check("account-imap", "not-applicable")]],
    ["nothing was there to check", [check("account-imap", "not-applicable")]],
    ["nothing was there to check", []],
  ] as const)
    it(`is "${sentence}"`, () => {
      expect(verdict(report(checks))).toBe(sentence);
    });

  it("of several domains counts what is to be mended", () => {
    expect(summary([report([passed]), report([critical, high, warning]), report([high])])).toBe(
      "3 domains: 3 things to mend in 2 of them",
    );
    expect(summary([report([passed]), report([warning])])).toBe("2 domains: nothing to mend");
  });
});

describe("the exit status", () => {
  it("is 1 if anything failed, in whichever domain", () => {
    expect(exitStatus([report([passed]), report([passed, high])])).toBe(1);
  });

  it("is 0 for warnings, for what could not be checked and for what does not apply", () => {
    expect(
      exitStatus([report([passed, warning, unchecked]), report([check("account-imap", "not-applicable")])]),
    ).toBe(0);
  });
});
