import type { CloudContext } from "../local/context";

/** A command of `mailserver local`. */
export interface Command {
  /** As the usage shows it. */
  readonly synopsis: string;
  readonly summary: string;
  /** Whether the arguments are another program's, so that none of them is looked at. @default false */
  readonly verbatim?: boolean;
  /** @returns the exit status */
  readonly run: (args: readonly string[], context: CloudContext) => Promise<number>;
}
