import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { text } from "../../../../verify/report/text";
import { displayWidth, wrap } from "../../../../verify/report/wrap";
import { anyText, hostile } from "./support/hostile";
import { check, flawless, lastLine, report, troubled } from "./support/sample";

describe("a report on a terminal", () => {
  it("has the verdict, what to mend with evidence and remedy, what is not known, and the rest by group", () => {
    const checks = [
      check("mx-exists", "passed"),
      check("mx-ipv6", "warning", "low", { evidence: "There is none.", remedy: "Give it one." }),
      check("spf-all", "failed", "high", {
        evidence: 'It ends in +all.\nexample.com. TXT "v=spf1 +all"',
        remedy: 'Publish:\nexample.com. TXT "v=spf1 mx -all"',
      }),
      check("smtp-relay", "failed", "critical", { evidence: "It relays.", remedy: "Stop it." }),
      check("mx-ipv6-reachable", "not-checked", "low", {
        evidence: "No way from here.",
        remedy: "Try elsewhere.",
      }),
      check("account-imap", "not-applicable"),
    ];
    const verdict = "example.com: 2 things to mend, 1 of them loses mail or opens the server to abuse";
    expect(text([report(checks)], { width: 70 })).toBe(
      `${verdict}
2026-11-24 12:00 UTC, 6.2 s, resolver 192.0.2.53, 6 checks: 2 failed,
1 warning, 1 not checked, 1 passed, 1 not applicable

To mend

  Failed, critical: What smtp-relay asks holds
    It relays.
    Mend: Stop it.
    smtp-relay, RFC 5321 section 4.1

  Failed, high: What spf-all asks holds
    It ends in +all.
      example.com. TXT "v=spf1 +all"
    Mend: Publish:
      example.com. TXT "v=spf1 mx -all"
    spf-all, RFC 5321 section 4.1

To improve

  Warning, low: What mx-ipv6 asks holds
    There is none.
    Mend: Give it one.
    mx-ipv6, RFC 5321 section 4.1

Could not be checked

  Not checked: What mx-ipv6-reachable asks holds
    No way from here.
    To check: Try elsewhere.
    mx-ipv6-reachable, RFC 5321 section 4.1

Everything else
  Mail hosts (MX)                    1 passed
  A mailbox in use                   1 not applicable

${verdict}`,
    );
  });

  it("of several domains begins and ends with their verdicts", () => {
    const shown = text([troubled("example.com"), flawless("example.org")]);
    const verdicts = `2 domains: 4 things to mend in 1 of them
  example.com: 4 things to mend, 1 of them loses mail or opens the server to abuse
  example.org: all is well`;
    expect(shown.startsWith(`${verdicts}\n\nexample.com: `)).toBe(true);
    expect(shown.endsWith(`\n\n${verdicts}`)).toBe(true);
  });

  it("shows the beginning and the end of a transcript, and with verbose all of it", () => {
    const brief = text([troubled()]);
    expect(brief).toContain("      (35 lines more in the HTML and JSON reports)\n");
    expect(brief).toContain(`      ${lastLine}\n`);
    const verbose = text([troubled()], { verbose: true });
    expect(verbose).not.toContain("more in the HTML");
    expect(verbose).toContain("S: 554 5.7.1 Relay access denied");
    expect(verbose).toContain("  Passed: The domain exists\n    example.com exists.\n");
  });

  it("never breaks what is to be copied", () => {
    const shown = text([troubled()], { width: 40 });
    for (const record of troubled().checks.flatMap(({ remedy }) => remedy.split("\n").slice(1)))
      expect(shown).toContain(`\n      ${record}\n`);
    expect(shown).toContain('"v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com"');
  });

  it("is coloured only if told so, and the same words then", () => {
    const plain = text([troubled()]);
    const coloured = text([troubled()], { color: true });
    expect(plain).not.toContain("\x1b");
    expect(coloured).toContain("\x1b[1;31mFailed, critical\x1b[0m");
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });

  it("has nothing of a stranger's that the terminal obeys, and is bounded", () => {
    const holds = (evil: string) => {
      const checks = (["failed", "warning", "not-checked", "passed", "not-applicable"] as const).map(
        (outcome) =>
          check("mx-exists", outcome, "high", {
            title: evil.slice(0, 99),
            evidence: evil,
            remedy: evil.slice(0, 99),
            source: evil.slice(0, 99),
          }),
      );
      const shown = text([report(checks, { resolver: evil.slice(0, 99), domain: evil.slice(0, 99) })]);
      expect(shown.replace(/\n/g, "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(shown.length).toBeLessThan(40_000);
    };
    hostile.forEach(holds);
    fc.assert(fc.property(anyText, holds));
  });
});

describe("wrapping", () => {
  const words = fc
    .array(fc.stringMatching(/^[a-z\u00e9\u4f60]{1,12}$/), { minLength: 1 })
    .map((all) => all.join(" "));

  it("keeps to the width unless one word alone is wider, and loses nothing", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 60 }), (line, columns) => {
        const lines = wrap(line, columns);
        expect(lines.join(" ")).toBe(line);
        for (const one of lines)
          if (one.includes(" ")) expect(displayWidth(one)).toBeLessThanOrEqual(columns);
      }),
    );
  });

  it("keeps quoted text whole, and the margin of a line on those that go on", () => {
    expect(wrap('  publish "a b c d" now', 12)).toEqual(["  publish", '  "a b c d"', "  now"]);
  });

  it("knows that some characters take two columns and some none", () => {
    expect(["e\u0301", "\u4f60\u597d", "\u{1f600}", "\uff21"].map(displayWidth)).toEqual([1, 4, 2, 2]);
  });
});
