import type { Outcome, Severity } from "./outcome";

/** What was found out about one domain. This is what `--json` prints; fields are only ever added. */
export interface Report {
  readonly domain: string;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly seconds: number;
  /** The resolver that answered, as `Resolver.name` has it. */
  readonly resolver: string;
  /** In the order of the registry. */
  readonly checks: readonly CheckReport[];
}

export interface CheckReport {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly outcome: Outcome;
  readonly evidence: string;
  readonly remedy: string;
  readonly source: string;
}
