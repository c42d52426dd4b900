import { type Outcome, severities } from "../outcome";
import type { CheckReport, Report } from "../report";
import { groupOf, groupTitle } from "./words";

/** A report in the order in which it is read: what does harm first. */
export interface Arranged {
  readonly mend: readonly CheckReport[];
  readonly improve: readonly CheckReport[];
  readonly unchecked: readonly CheckReport[];
  /** What passed, then what does not apply. */
  readonly rest: readonly Group[];
}

export interface Group {
  readonly id: string;
  readonly title: string;
  readonly checks: readonly CheckReport[];
}

export function arrange({ checks }: Report): Arranged {
  const worstFirst = (outcome: Outcome) =>
    severities.flatMap((severity) =>
      checks.filter((check) => check.outcome === outcome && check.severity === severity),
    );
  const rest = (["passed", "not-applicable"] as const).flatMap((outcome) =>
    checks.filter((check) => check.outcome === outcome),
  );
  // Of all checks, so that the groups stay in the order of the registry whatever came of their first check.
  const groups = [...new Set(checks.map(({ id }) => groupOf(id)))].map((id) => ({
    id,
    title: groupTitle(id),
    checks: rest.filter((check) => groupOf(check.id) === id),
  }));
  return {
    mend: worstFirst("failed"),
    improve: worstFirst("warning"),
    unchecked: worstFirst("not-checked"),
    rest: groups.filter((group) => group.checks.length > 0),
  };
}
