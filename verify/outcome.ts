/** In order of harm: mail is lost or the server is abused · mail is refused · trust is lost · good practice. */
export const severities = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

export const outcomes = ["passed", "warning", "failed", "not-applicable", "not-checked"] as const;
export type Outcome = (typeof outcomes)[number];

/** What a check found. */
export interface Finding {
  readonly outcome: Outcome;
  /** What was seen, or why there was nothing to see; may have several lines, the first a sentence of its own. */
  readonly evidence: string;
  /** How to mend it, in one or two sentences, with the very record to publish; empty when nothing is to be done. */
  readonly remedy: string;
}

export function passed(evidence: string): Finding {
  return { outcome: "passed", evidence, remedy: "" };
}

/** Works today, and should be better. */
export function warning(evidence: string, remedy: string): Finding {
  return { outcome: "warning", evidence, remedy };
}

export function failed(evidence: string, remedy: string): Finding {
  return { outcome: "failed", evidence, remedy };
}

/** The question does not arise: what it is about is not there, which is no fault or another check's. */
export function notApplicable(evidence: string): Finding {
  return { outcome: "not-applicable", evidence, remedy: "" };
}

/** No answer was to be had from here. @param remedy how to check it nevertheless */
export function notChecked(evidence: string, remedy: string): Finding {
  return { outcome: "not-checked", evidence, remedy };
}

/** Thrown anywhere below a check, it becomes the check's outcome `not-checked`. */
export class CannotCheck extends Error {
  constructor(
    message: string,
    readonly remedy = "",
  ) {
    super(message);
  }
}

/** Thrown anywhere below a check, it becomes the check's outcome `not-applicable`. */
export class NotApplicable extends Error {}
