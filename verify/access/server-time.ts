import { askWeb } from "../http";
import { addressesOf, primaryHost } from "../mail-hosts";
import { CannotCheck, NotApplicable } from "../outcome";
import { hello } from "../smtp/hello";
import type { Subject } from "../subject";

export interface ServerTime {
  readonly time: Date;
  /** Where it was seen, a sentence's beginning. */
  readonly seen: string;
}

/**
 * The mail host's clock, as it tells strangers: in the Date of an HTTP response (RFC 9110 section 6.6.1), or in its
 * greeting on port 25, where Exim and Sendmail have it.
 * @returns undefined when nothing tells
 */
export async function serverTime(subject: Subject): Promise<ServerTime | undefined> {
  const host = await primaryHost(subject);
  const policyHost = `mta-sts.${subject.domain}`;
  // A policy host on another machine has a clock of its own.
  const shared = (await addressesOf(subject, policyHost)).includes(host.address);
  const urls = [
    ...(shared ? [`https://${policyHost}/.well-known/mta-sts.txt`] : []),
    `https://${host.name}/`,
  ];
  for (const url of urls) {
    const time = await httpDate(subject, url);
    if (time) return { time, seen: `The Date header of ${url} says` };
  }
  const time = await greetingDate(subject, host);
  return time && { time, seen: `The greeting of ${host.name} on port 25 says` };
}

async function httpDate(subject: Subject, url: string): Promise<Date | undefined> {
  try {
    const { headers } = await askWeb(subject, url);
    return headers.date === undefined ? undefined : dated(headers.date);
  } catch (error) {
    if (error instanceof CannotCheck) return undefined;
    throw error;
  }
}

async function greetingDate(
  subject: Subject,
  host: { name: string; address: string },
): Promise<Date | undefined> {
  try {
    const { greeting } = await hello(subject, host);
    const [text] =
      /\b\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/.exec(greeting.lines.join(" ")) ?? [];
    return text === undefined ? undefined : dated(text);
  } catch (error) {
    if (error instanceof CannotCheck || error instanceof NotApplicable) return undefined;
    throw error;
  }
}

/** @returns undefined when it is no date */
function dated(text: string): Date | undefined {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
