import { converse } from "../conversation";
import { addressesOf, primaryHost } from "../mail-hosts";
import { CannotCheck, NotApplicable } from "../outcome";
import { hello } from "../smtp/hello";
import type { Subject } from "../subject";
import { beginTls } from "../tls/connect";

export interface ServerTime {
  readonly time: Date;
  /** Where it was seen, a sentence's beginning. */
  readonly seen: string;
}

const headerLimit = 60;

/**
 * The mail host's clock, as it tells strangers: in the Date of an HTTP response (RFC 9110 section 6.6.1), or in its
 * greeting on port 25, where Exim and Sendmail have it.
 * @returns undefined when nothing tells
 */
export async function serverTime(subject: Subject): Promise<ServerTime | undefined> {
  const host = await primaryHost(subject);
  return subject.once(`time of ${host.name} at ${host.address} for ${subject.domain}`, async () => {
    for (const name of await namesAt(subject, host)) {
      const time = await httpDate(subject, host.address, name);
      if (time) return { time, seen: `The Date header of https://${name} at ${host.address} says` };
    }
    const time = await greetingDate(subject, host);
    return time && { time, seen: `The greeting of ${host.name} on port 25 says` };
  });
}

/** A policy host on another machine has a clock of its own. */
async function namesAt(
  subject: Subject,
  { name, address }: { readonly name: string; readonly address: string },
): Promise<readonly string[]> {
  const policyHost = `mta-sts.${subject.domain}`;
  return (await addressesOf(subject, policyHost)).includes(address) ? [name, policyHost] : [name];
}

async function httpDate({ network }: Subject, address: string, name: string): Promise<Date | undefined> {
  try {
    const socket = await network.connect({ address, port: 443 }, { probe: true });
    const talk = converse(await beginTls(network, socket, name));
    try {
      talk.send(`HEAD / HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
      for (let lines = 0; lines < headerLimit; lines++) {
        const line = await talk.line(5000);
        const [, value] = /^date: *(.+)$/i.exec(line) ?? [];
        if (value !== undefined) return dated(value);
        if (line === "") return undefined;
      }
    } finally {
      talk.close();
    }
  } catch (error) {
    if (!(error instanceof CannotCheck)) throw error;
  }
  return undefined;
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
