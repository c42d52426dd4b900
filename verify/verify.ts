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
  const { domain } = subject;
  const gone = (await exists(subject)) ? undefined : notApplicable(`${domain} does not exist.`);
  const results = checks.map(async (check) => {
    const { id, title, severity, source } = check;
    const { outcome, evidence, remedy } = (id !== existence && gone) || (await judge(check, subject));
    const result = { id, title, severity, outcome, evidence, remedy, source };
    tell(result);
    return result;
  });
  const started = subject.now.toISOString();
  const reports = await Promise.all(results);
  const seconds = Math.round(performance.now() - since) / 1000;
  return { domain, started, seconds, resolver: subject.dns.name, checks: reports };
}

/** Of a domain that does not exist there is one thing to say, and this check says it. */
const existence = "dns-exists";

/** Where no answer is to be had, each check tells that of itself. */
async function exists({ dns, domain }: Subject): Promise<boolean> {
  const answer = await dns.query(domain, "SOA").catch(() => undefined);
  return answer?.rcode !== "NXDOMAIN";
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
