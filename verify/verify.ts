import type { Check } from "./check";
import { CannotCheck, type Finding, NotApplicable, notApplicable, notChecked } from "./outcome";
import type { CheckReport, Report } from "./report";
import type { Subject } from "./subject";

/** Milliseconds that one check may take, whatever a server does to it. */
const patience = 30_000;

/** Runs the checks side by side. @param tell is told each result as it comes */
export async function verify(
  subject: Subject,
  checks: readonly Check[],
  tell: (result: CheckReport) => void = () => {},
): Promise<Report> {
  const since = performance.now();
  const results = checks.map(async (check) => {
    const { id, title, severity, source } = check;
    const { outcome, evidence, remedy } = await judge(check, subject);
    const result = { id, title, severity, outcome, evidence, remedy, source };
    tell(result);
    return result;
  });
  const started = subject.now.toISOString();
  const reports = await Promise.all(results);
  const seconds = Math.round(performance.now() - since) / 1000;
  return { domain: subject.domain, started, seconds, resolver: subject.dns.name, checks: reports };
}

/** What a check finds, in bounded time. */
export async function judge(check: Check, subject: Subject): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    const why = `There was no result within ${patience / 1000} s.`;
    timer = setTimeout(() => resolve(notChecked(why, `Run it alone: --only ${check.id}`)), patience);
  });
  try {
    return await Promise.race([check.run(subject), late]);
  } catch (error) {
    if (error instanceof NotApplicable) return notApplicable(error.message);
    if (error instanceof CannotCheck) return notChecked(error.message, error.remedy);
    const { stack = String(error) } = error as Error;
    return notChecked(
      `The check itself broke: ${stack}`,
      "Please report this as a bug of mailserver verify.",
    );
  } finally {
    clearTimeout(timer);
  }
}
