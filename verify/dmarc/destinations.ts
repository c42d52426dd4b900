import { addressesOf } from "../mail-hosts";
import { CannotCheck } from "../outcome";
import type { Subject } from "../subject";
import { organizationalDomain, policyInForce } from "./policy";
import { isDmarc, parseDmarc } from "./record";

/** A host that the policy has reports sent to. */
export interface Destination {
  readonly host: string;
  /** The URIs that name it. */
  readonly uris: readonly string[];
  /** Another organization's, which must say that it wants the reports. */
  readonly external: boolean;
  /** Where it says so: `<domain>._report._dmarc.<host>`. */
  readonly permission: string;
  /** Whether mail can be sent to it. */
  readonly receives: boolean;
}

/** @throws NotApplicable when there is no policy, or it asks for no reports that could be sent; CannotCheck */
export function destinations(subject: Subject): Promise<readonly Destination[]> {
  return subject.once(`dmarc destinations of ${subject.domain}`, async () => {
    const { at, record } = await policyInForce(subject);
    const uris = [...record.rua, ...record.ruf];
    const own = await organizationalDomain(subject, at);
    return Promise.all(
      [...new Set(uris.map(({ host }) => host))].map(async (host) => {
        const [head, receives] = await Promise.all([
          organizationalDomain(subject, host),
          receivesMail(subject, host),
        ]);
        return {
          host,
          uris: uris.filter((uri) => uri.host === host).map(({ uri }) => uri),
          external: head !== own,
          permission: `${at}._report._dmarc.${host}`,
          receives,
        };
      }),
    );
  });
}

export interface Permission {
  readonly granted: boolean;
  /** Hosts that it wants the reports sent to instead, which receivers must not follow (RFC 9990 section 4). */
  readonly elsewhere: readonly string[];
}

/** Whether the host wants the domain's reports. @throws CannotCheck when its name servers do not answer */
export async function permissionOf({ dns }: Subject, { host, permission }: Destination): Promise<Permission> {
  const { rcode, records } = await dns.query(permission, "TXT");
  if (rcode !== "NOERROR" && rcode !== "NXDOMAIN") throw noAnswer(permission, "TXT", rcode);
  const texts = records.map(({ value }) => value).filter(isDmarc);
  const instead = texts.flatMap((text) => parseDmarc(text).rua).map((uri) => uri.host);
  return { granted: texts.length > 0, elsewhere: instead.filter((other) => other !== host) };
}

/** By MX, else by address (RFC 5321 section 5.1); not with a null MX. */
async function receivesMail(subject: Subject, host: string): Promise<boolean> {
  const { rcode, records } = await subject.dns.query(host, "MX");
  if (rcode !== "NOERROR" && rcode !== "NXDOMAIN") throw noAnswer(host, "MX", rcode);
  if (records.length > 0) return records.some(({ exchange }) => exchange !== "");
  return (await addressesOf(subject, host)).length > 0;
}

function noAnswer(name: string, type: string, rcode: string): CannotCheck {
  return new CannotCheck(
    `The name servers answer ${rcode} when asked for ${name} ${type}.`,
    "Ask again later; the zone is the report receiver's to mend.",
  );
}
