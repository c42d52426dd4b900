import type { CloudContext } from "../../local/context";

/** What the probe is told; it goes through standard input, because the password must not be in a process list. */
export interface AcceptancePlan {
  readonly context: CloudContext;
  /** The process id of the internet machine's PID 1, through which the correspondent is reached. */
  readonly internetLeader: number;
  readonly hostname: string;
  readonly domain: string;
  readonly login: { readonly user: string; readonly password: string };
}

export interface CheckResult {
  readonly title: string;
  readonly held: boolean;
  /** What was seen, or what was wrong and what to do. */
  readonly evidence: string;
  readonly seconds: number;
}
