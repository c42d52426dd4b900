import { type Severity, severities } from "../outcome";
import type { Report } from "../report";
import { countOf, plural } from "./words";

/** What something of this severity does to mail, and what several do. */
const harms: Readonly<Record<Severity, readonly [one: string, several: string]>> = {
  critical: ["loses mail or opens the server to abuse", "lose mail or open the server to abuse"],
  high: ["gets mail refused, forged or read", "get mail refused, forged or read"],
  medium: ["costs trust", "cost trust"],
  low: ["falls short of good practice", "fall short of good practice"],
};

/** What came of it in one sentence, without the domain and the last full stop. */
export function verdict({ checks }: Report): string {
  const failures = checks.filter(({ outcome }) => outcome === "failed");
  const worst = severities.find((severity) => failures.some((check) => check.severity === severity));
  if (worst) {
    const [one, several] = harms[worst];
    const all = failures.length;
    const of = failures.filter(({ severity }) => severity === worst).length;
    if (all === 1) return `1 thing to mend, which ${one}`;
    if (of === all) return `${all} things to mend, each of which ${one}`;
    return `${all} things to mend, ${of} of them ${of === 1 ? one : several}`;
  }
  const [warnings, passed, unchecked] = (["warning", "passed", "not-checked"] as const).map((outcome) =>
    countOf(checks, outcome),
  ) as [number, number, number];
  if (warnings + passed === 0)
    return unchecked > 0 ? "nothing could be checked" : "nothing was there to check";
  if (warnings + unchecked === 0) return "all is well";
  const improve = warnings > 0 ? `, ${plural(warnings, "thing")} to improve` : "";
  const unknown = unchecked > 0 ? `, ${plural(unchecked, "check")} could not be made` : "";
  return `nothing to mend${improve}${unknown}`;
}

/** The same of several domains. */
export function summary(reports: readonly Report[]): string {
  const failures = reports.map(({ checks }) => countOf(checks, "failed"));
  const broken = failures.filter((count) => count > 0).length;
  const things = failures.reduce((sum, count) => sum + count, 0);
  const found = things === 0 ? "nothing to mend" : `${plural(things, "thing")} to mend in ${broken} of them`;
  return `${plural(reports.length, "domain")}: ${found}`;
}

/** The exit status of the command: 0 if all held, 1 if something failed. A warning or what could not be checked is no failure. */
export function exitStatus(reports: readonly Report[]): 0 | 1 {
  return reports.some(({ checks }) => countOf(checks, "failed") > 0) ? 1 : 0;
}
