import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import type { Expected, ExpectedRecord } from "../../verify/expected";
import type { VerifyOptions } from "./arguments";

/** What a stack declares of the mail server that is to be looked at. */
export interface StackExpectation {
  readonly domains: readonly string[];
  readonly expected: Expected;
}

/** @returns undefined when no stack is asked for @throws with what is missing, and what to do */
export async function readStack(
  options: Pick<VerifyOptions, "fromStack" | "stack" | "stackOutputs">,
): Promise<StackExpectation | undefined> {
  if (options.stackOutputs !== undefined) {
    const file = options.stackOutputs === "-" ? 0 : options.stackOutputs;
    return expectation(readFileSync(file, "utf8"));
  }
  return options.fromStack ? expectation(await askPulumi(options.stack)) : undefined;
}

async function askPulumi(stack: string | undefined): Promise<string> {
  const args = ["stack", "output", "--json", "--non-interactive", ...(stack ? ["--stack", stack] : [])];
  try {
    const { stdout } = await promisify(execFile)(process.env.PULUMI_CLI ?? "pulumi", args);
    return stdout;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(`pulumi ${args.join(" ")} failed: ${(stderr || message).trim()}`);
  }
}

/** @param json what `pulumi stack output --json` prints */
export function expectation(json: string): StackExpectation {
  const outputs = parse(json);
  const { hostname, publicIp, domains, records, hostKeySha256 } = outputs;
  const missing = Object.entries({ hostname, publicIp, domains, records })
    .filter(([, value]) => value === undefined)
    .map(([name]) => name);
  if (hostname === undefined || publicIp === undefined || domains === undefined || records === undefined)
    throw new Error(
      `The stack's outputs lack ${missing.join(", ")}. Export them as the index.ts of pulumi-mailserver does: ` +
        "hostname, publicIp and hostKeySha256 of the MailServer, its records as zoneFile writes them, and its domains.",
    );
  return {
    domains,
    expected: { hostname, addresses: [publicIp], records: recordsOf(records), hostKeySha256 },
  };
}

interface Outputs {
  readonly hostname?: string;
  readonly publicIp?: string;
  readonly domains?: readonly string[];
  /** Lines of a master file (RFC 1035 section 5.1), names absolute. */
  readonly records?: string;
  readonly hostKeySha256?: string;
}

function parse(json: string): Outputs {
  try {
    return JSON.parse(json) as Outputs;
  } catch {
    throw new Error("The stack's outputs are not JSON. Wanted is what `pulumi stack output --json` prints.");
  }
}

/** @throws with the line that is not a record */
function recordsOf(zoneFile: string): ExpectedRecord[] {
  return zoneFile
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [, name, type, data] = /^(\S+)\. \d+ IN (\S+) (.*)$/.exec(line) ?? [];
      if (name === undefined || type === undefined || data === undefined)
        throw new Error(`The stack's output "records" has a line that is no record: ${line}`);
      return { name, type, value: type === "TXT" ? joined(data) : data.replace(/(?<=\S)\.$/, "") };
    });
}

/** A TXT record's strings, joined and without their quotes (RFC 1035 section 5.1). */
function joined(data: string): string {
  const strings = [...data.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) => text);
  return strings.join("").replace(/\\(.)/g, "$1");
}
