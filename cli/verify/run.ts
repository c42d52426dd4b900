import { writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Check } from "../../verify/check";
import { checks } from "../../verify/checks";
import { openResolver } from "../../verify/dns/open";
import { openNetwork } from "../../verify/network";
import type { Report } from "../../verify/report";
import { html } from "../../verify/report/html";
import { json } from "../../verify/report/json";
import { junit } from "../../verify/report/junit";
import { text } from "../../verify/report/text";
import { exitStatus } from "../../verify/report/verdict";
import { memory, type Subject } from "../../verify/subject";
import { verify } from "../../verify/verify";
import { UsageError } from "../arguments";
import { type VerifyOptions, verifyOptions, verifyUsage } from "./arguments";
import { changes } from "./changes";
import { readHostStatus } from "./host-status";
import { askPassword } from "./password";
import { type Progress, progress } from "./progress";
import { readStack } from "./stack";

/** `mailserver verify`. @returns the exit status @throws when it could not run */
export async function verifyCommand(args: readonly string[]): Promise<number> {
  const options = verifyOptions(args);
  if (options === "help" || options === "list") {
    console.log(options === "help" ? verifyUsage : checks.map(listed).join("\n"));
    return 0;
  }
  const chosen = choose(options.only);
  const stack = await readStack(options);
  const { account: user, dkimSelectors } = options;
  const about = {
    domains: options.domains.length > 0 ? options.domains : (stack?.domains ?? []),
    account: user ? { user, password: await askPassword(user) } : undefined,
    expected: stack?.expected,
    dkimSelectors,
  };
  const ask = async () => {
    const hostStatus = await readHostStatus(options);
    return askAbout({ ...about, hostStatus }, chosen, options, progress(process.stderr, options.json));
  };
  let reports = await ask();
  show(reports, options);
  while (options.watch) {
    await delay(options.every * 1000);
    const before = reports;
    reports = await ask();
    for (const line of changes(before, reports)) console.log(line);
    write(reports, options);
  }
  return exitStatus(reports);
}

interface About extends Pick<Subject, "account" | "expected" | "hostStatus" | "dkimSelectors"> {
  readonly domains: readonly string[];
}

/** Domains that are asked about at once; each has dozens of questions under way. */
const abreast = 10;

async function askAbout(
  { domains, ...about }: About,
  chosen: readonly Check[],
  { resolvers }: VerifyOptions,
  told: Progress,
): Promise<Report[]> {
  const shared = {
    ...about,
    dns: await openResolver({ servers: resolvers.length > 0 ? resolvers : undefined }),
    network: openNetwork(),
    once: memory(),
  };
  told.start(domains.length * chosen.length);
  const reports: Report[] = new Array(domains.length);
  const waiting = domains.entries();
  const work = async () => {
    for (const [index, domain] of waiting)
      reports[index] = await verify({ ...shared, domain, now: new Date() }, chosen, told.checked);
  };
  await Promise.all(Array.from({ length: abreast }, work));
  told.end();
  return reports;
}

function show(reports: readonly Report[], options: VerifyOptions): void {
  const { isTTY: color = false, columns: width = 100 } = process.stdout;
  console.log(options.json ? json(reports) : text(reports, { color, width, verbose: options.verbose }));
  write(reports, options);
}

function write(reports: readonly Report[], options: VerifyOptions): void {
  if (options.html) writeFileSync(options.html, html(reports));
  if (options.junit) writeFileSync(options.junit, junit(reports));
}

/** @throws UsageError that names what is neither a check nor a group */
function choose(only: readonly string[]): readonly Check[] {
  const named = (check: Check, word: string) => check.id === word || check.id.startsWith(`${word}-`);
  const unknown = only.filter((word) => !checks.some((check) => named(check, word)));
  if (unknown.length > 0)
    throw new UsageError(
      `There is no check or group ${unknown.join(", ")}. What there is: mailserver verify --list`,
    );
  return only.length === 0 ? checks : checks.filter((check) => only.some((word) => named(check, word)));
}

function listed({ id, severity, asks, source }: Check): string {
  return `${id} (${severity}; ${source})\n    ${asks}`;
}
