import { parseArgs } from "node:util";
import { domainName } from "../../verify/domain";
import { UsageError } from "../arguments";

export interface VerifyOptions {
  /** In A-labels; may be empty with a stack, which names its own. */
  readonly domains: readonly string[];
  readonly json: boolean;
  /** Everything in full on the terminal. */
  readonly verbose: boolean;
  /** Files to write. */
  readonly html?: string;
  readonly junit?: string;
  /** Ids of checks, or of groups of them; all if empty. */
  readonly only: readonly string[];
  readonly watch: boolean;
  /** Seconds between two runs of a watch. */
  readonly every: number;
  readonly fromStack: boolean;
  /** Of the stack; the selected one if not given. */
  readonly stack?: string;
  /** A file with what `pulumi stack output --json` printed; `-` is standard input. */
  readonly stackOutputs?: string;
  /** A file with what the host says of itself; `-` is standard input. */
  readonly hostStatus?: string;
  /** Who logs in. */
  readonly account?: string;
  /** Addresses of resolvers, each perhaps with `#port`. */
  readonly resolvers: readonly string[];
  readonly dkimSelectors: readonly string[];
}

export const verifyUsage = `Usage: mailserver verify DOMAIN... [OPTIONS]

Asks, from outside, everything that makes mail of a domain work and be trusted.

  --json              print the results as JSON
  --verbose           show everything in full, also what passed
  --html FILE         write a report for people
  --junit FILE        write a report for a CI system
  --only ID,...       only these checks, or groups of them such as spf
  --list              print the checks and what each asks, and run none
  --watch             run again and again, and tell what changes
  --every SECONDS     how long a watch waits between two runs (60)
  --account USER      also try what needs a login; the password is asked for,
                      or taken from MAILSERVER_PASSWORD
  --from-stack        compare with what the selected Pulumi stack declares;
                      its domains, if none is named
  --stack NAME        of this stack
  --stack-outputs F   the same from a file with what "pulumi stack output
                      --json" printed; - is standard input
  --host-status FILE  also judge what the host says of itself, its queue for
                      one; - is standard input
  --resolver ADDRESS  ask this resolver, ADDRESS or ADDRESS#PORT; DNSSEC is
                      judged if it validates
  --dkim-selector S   a selector that the domain signs with

Exit status: 0 all held, 1 something fails, 2 it could not run.`;

/** @throws UsageError that names all that is wrong */
export function verifyOptions(args: readonly string[]): VerifyOptions | "help" | "list" {
  const { values, positionals } = parse(args);
  if (values.help) return "help";
  if (values.list) return "list";
  const problems: string[] = [];
  const domains = positionals.flatMap((typed) => {
    try {
      return [domainName(typed)];
    } catch (error) {
      problems.push((error as Error).message);
      return [];
    }
  });
  const fromStack = values["from-stack"] || values.stack !== undefined;
  const every = Number(values.every ?? 60);
  if (positionals.length === 0 && !fromStack && values["stack-outputs"] === undefined)
    problems.push("Which domain? Wanted is at least one, or --from-stack.");
  if (!(every >= 1)) problems.push(`--every takes seconds, at least 1, not ${JSON.stringify(values.every)}.`);
  if (fromStack && values["stack-outputs"] !== undefined)
    problems.push("--from-stack asks Pulumi, --stack-outputs a file: give one of them.");
  if (values["host-status"] === "-" && values["stack-outputs"] === "-")
    problems.push("--host-status and --stack-outputs can't both be standard input.");
  if (values["host-status"] === "-" && values.watch)
    problems.push("--watch reads what the host says again in each run: --host-status must be a file.");
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return {
    domains: [...new Set(domains)],
    json: values.json ?? false,
    verbose: values.verbose ?? false,
    html: values.html,
    junit: values.junit,
    only: list(values.only),
    watch: values.watch ?? false,
    every,
    fromStack,
    stack: values.stack,
    stackOutputs: values["stack-outputs"],
    hostStatus: values["host-status"],
    account: values.account,
    resolvers: list(values.resolver),
    dkimSelectors: list(values["dkim-selector"]),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        list: { type: "boolean" },
        json: { type: "boolean" },
        verbose: { type: "boolean", short: "v" },
        html: { type: "string" },
        junit: { type: "string" },
        only: { type: "string", multiple: true },
        watch: { type: "boolean" },
        every: { type: "string" },
        "from-stack": { type: "boolean" },
        stack: { type: "string" },
        "stack-outputs": { type: "string" },
        "host-status": { type: "string" },
        account: { type: "string" },
        resolver: { type: "string", multiple: true },
        "dkim-selector": { type: "string", multiple: true },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function list(values: readonly string[] = []): string[] {
  return values.flatMap((value) => value.split(",")).filter(Boolean);
}
