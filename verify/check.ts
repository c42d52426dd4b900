import type { Finding, Severity } from "./outcome";
import type { Subject } from "./subject";

/** One question, asked of a domain from outside. */
export interface Check {
  /** Stable once released: other people's scripts name it. Its first part is the folder, the rest the file. */
  readonly id: string;
  /** What holds when it passes, a few words. */
  readonly title: string;
  /** What it asks and why that matters, in one or two sentences. */
  readonly asks: string;
  /** The standard with its section, or the page that asks for it. */
  readonly source: string;
  readonly severity: Severity;
  /**
   * A fault has one check that names it: where what this check is about is missing or broken as a whole, it is not
   * applicable and another check fails.
   *
   * @throws CannotCheck or NotApplicable, which become its outcome
   */
  readonly run: (subject: Subject) => Promise<Finding>;
}
