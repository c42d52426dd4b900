import { describe, expect, it } from "vitest";
import { junit } from "../../../../verify/report/junit";
import { check, report } from "./support/sample";

describe("a report as JUnit XML", () => {
  it("has a suite for each domain and a case for each check, in its group", () => {
    const checks = [
      check("mx-exists", "passed"),
      check("tls-rpt-exists", "warning", "low", { evidence: "There is none.", remedy: "Publish one." }),
      check("smtp-relay", "failed", "critical", {
        evidence: "It relays <all>.\nS: 250 Ok",
        remedy: 'Stop "it".',
      }),
      check("mx-ipv6-reachable", "not-checked", "low", {
        evidence: "No way.\nRaw.",
        remedy: "Try elsewhere.",
      }),
      check("account-imap", "not-applicable", "low", { evidence: "No account was given." }),
    ];
    expect(junit([report(checks), report([], { domain: "example.org", seconds: 1 })])).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="mailserver verify" tests="5" failures="1" errors="0" skipped="2" time="7.234">
<testsuite name="example.com" tests="5" failures="1" errors="0" skipped="2" time="6.234" timestamp="2026-11-24T12:00:07">
<properties><property name="resolver" value="192.0.2.53"/></properties>
<testcase classname="mx" name="mx-exists"></testcase>
<testcase classname="tls-rpt" name="tls-rpt-exists"><system-out>Warning, low: What tls-rpt-exists asks holds

There is none.

Publish one.

RFC 5321 section 4.1</system-out></testcase>
<testcase classname="smtp" name="smtp-relay"><failure type="critical" message="What smtp-relay asks holds: It relays &lt;all&gt;.">What smtp-relay asks holds

It relays &lt;all&gt;.
S: 250 Ok

Stop &quot;it&quot;.

RFC 5321 section 4.1</failure></testcase>
<testcase classname="mx" name="mx-ipv6-reachable"><skipped message="Not checked: No way. Try elsewhere."/></testcase>
<testcase classname="account" name="account-imap"><skipped message="Not applicable: No account was given."/></testcase>
</testsuite>
<testsuite name="example.org" tests="0" failures="0" errors="0" skipped="0" time="1" timestamp="2026-11-24T12:00:07">
<properties><property name="resolver" value="192.0.2.53"/></properties>
</testsuite>
</testsuites>
`,
    );
  });

  it("loses no carriage return at the end of the evidence", () => {
    const xml = junit([report([check("mx-exists", "failed", "low", { evidence: "S: 250 Ok\r" })])]);
    expect(xml).toContain("S: 250 Ok&lt;U+000D&gt;\n\nRFC");
  });

  it("keeps a message short, however long a server's line is", () => {
    const xml = junit([
      report([check("mx-exists", "not-checked", "low", { evidence: "x".repeat(100_000) })]),
    ]);
    expect(xml).toContain(`${"x".repeat(300)}… (99700 more characters)"/>`);
    expect(xml.length).toBeLessThan(2000);
  });
});
