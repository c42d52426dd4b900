import type { CheckReport, Report } from "../report";
import { type Markup, markup, nothing } from "./markup";
import { printable, shortened } from "./printable";
import { countOf, groupOf } from "./words";

/** JUnit's XML as Jenkins and GitLab read it: a suite for each domain, a test case for each check. */
export function junit(reports: readonly Report[]): string {
  const checks = reports.flatMap((report) => report.checks);
  const seconds = reports.reduce((sum, report) => sum + report.seconds, 0);
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="mailserver verify" ${counts(checks)} time="${seconds}">
${reports.map(suite)}</testsuites>
`.markup;
}

function suite(report: Report): Markup {
  // The schema's time stamps have neither fractions nor a zone.
  const { domain, started, seconds, resolver, checks } = report;
  return markup`<testsuite name="${domain}" ${counts(checks)} time="${seconds}" timestamp="${started.slice(0, 19)}">
<properties><property name="resolver" value="${resolver}"/></properties>
${checks.map(testCase)}</testsuite>
`;
}

function counts(checks: readonly CheckReport[]): Markup {
  const skipped = countOf(checks, "not-checked") + countOf(checks, "not-applicable");
  return markup`tests="${checks.length}" failures="${countOf(checks, "failed")}" errors="0" skipped="${skipped}"`;
}

function testCase(check: CheckReport): Markup {
  return markup`<testcase classname="${groupOf(check.id)}" name="${check.id}">${result(check)}</testcase>
`;
}

function result(check: CheckReport): Markup {
  const first = shortened(check.evidence.replace(/\r?\n.*/s, ""), 300);
  switch (check.outcome) {
    case "passed":
      return nothing;
    case "warning":
      return markup`<system-out>Warning, ${check.severity}: ${inFull(check)}</system-out>`;
    case "failed":
      return markup`<failure type="${check.severity}" message="${check.title}: ${first}">${inFull(check)}</failure>`;
    case "not-checked":
      return markup`<skipped message="Not checked: ${[first, check.remedy].filter(Boolean).join(" ")}"/>`;
    case "not-applicable":
      return markup`<skipped message="Not applicable: ${first}"/>`;
  }
}

function inFull({ title, evidence, remedy, source }: CheckReport): string {
  // Each by itself: a carriage return at the end of one and the line feed behind it are no line end of the server's.
  return [title, evidence, remedy, source].filter(Boolean).map(printable).join("\n\n");
}
