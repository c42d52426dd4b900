import { converse } from "../conversation";
import type { Endpoint } from "../network";
import { Unreachable } from "../network";
import { CannotCheck } from "../outcome";
import { openSmtp } from "../smtp/session";
import type { Subject } from "../subject";
import { attemptMail } from "./unauthenticated";

/** A service of a mail host that is for the host itself, by the port that its documentation gives it. */
export interface Internal {
  readonly port: number;
  readonly what: string;
  /** One that speaks SMTP does no harm as long as it relays for nobody. */
  readonly smtp?: boolean;
}

export const internals: readonly Internal[] = [
  { port: 24, what: "LMTP, which delivers past every filter" },
  { port: 783, what: "SpamAssassin" },
  { port: 2375, what: "the Docker engine" },
  { port: 2525, what: "SMTP behind the filter", smtp: true },
  { port: 3306, what: "MySQL or MariaDB" },
  { port: 3310, what: "ClamAV" },
  { port: 5432, what: "PostgreSQL" },
  { port: 6379, what: "Redis or Valkey" },
  { port: 8125, what: "StatsD" },
  { port: 9090, what: "Prometheus, or an administration page" },
  { port: 9100, what: "the Prometheus node exporter" },
  { port: 9154, what: "the Prometheus exporter of Postfix" },
  { port: 9166, what: "the Prometheus exporter of Dovecot" },
  { port: 10023, what: "Postgrey" },
  { port: 10025, what: "SMTP behind the filter", smtp: true },
  { port: 10026, what: "SMTP behind the filter", smtp: true },
  { port: 11211, what: "memcached" },
  { port: 11332, what: "the Rspamd proxy" },
  { port: 11333, what: "the Rspamd scanner" },
  { port: 11334, what: "the Rspamd controller" },
  { port: 12345, what: "Dovecot's authentication" },
  { port: 24245, what: "doveadm" },
];

/** Not assigned to anything: whatever answers here answers on every port. */
const nobody = 6;

/** What answers to a stranger: the services with the first thing that they say, if they speak first. */
export async function exposedAt(
  subject: Subject,
  address: string,
): Promise<readonly (Internal & { readonly says: string })[]> {
  const answers = ({ port }: { readonly port: number }) => greetingOf(subject, { address, port });
  if ((await answers({ port: nobody })) !== undefined)
    throw new CannotCheck(
      `${address} seems to answer on every port, so nothing can be told: something on the way takes the connections.`,
      "Run the same command on a machine of another network.",
    );
  const found = await Promise.all(
    internals.map(async (internal) => {
      const says = await answers(internal);
      if (says === undefined || (internal.smtp && (await relaysForNobody(subject, address, internal.port))))
        return [];
      return [{ ...internal, says }];
    }),
  );
  return found.flat();
}

/** @returns undefined when the port is closed, or closes a connection at once without a word, as TCP wrappers do */
async function greetingOf(subject: Subject, to: Endpoint): Promise<string | undefined> {
  try {
    const talk = converse(await subject.network.connect(to, { probe: true }));
    const silent = await talk.silent(500);
    const gone = talk.closed();
    const says = silent ? "" : await talk.line(200).catch(() => "");
    talk.close();
    return silent && gone ? undefined : printable(says);
  } catch (error) {
    if (error instanceof Unreachable) return undefined;
    throw error;
  }
}

/** A submission port under another number is no fault. */
async function relaysForNobody(subject: Subject, address: string, port: number): Promise<boolean> {
  try {
    const smtp = await openSmtp(subject, { address, port });
    try {
      await smtp.ehlo();
      return (await attemptMail(smtp, subject.domain)).verdict === "refuses";
    } finally {
      smtp.close();
    }
  } catch (error) {
    if (error instanceof CannotCheck) return false;
    throw error;
  }
}

function printable(text: string): string {
  return text
    .replace(/[^\x20-\x7e]+/g, " ")
    .trim()
    .slice(0, 80);
}
