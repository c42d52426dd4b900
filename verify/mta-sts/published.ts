import { askWeb, type HttpAnswer, NoAddress, NotHttp } from "../http";
import { mailHosts } from "../mail-hosts";
import { Unreachable } from "../network";
import { CannotCheck, NotApplicable } from "../outcome";
import type { Subject } from "../subject";
import { HandshakeFailed } from "../tls/connect";
import { parseStsPolicy, type StsPolicy } from "./policy";
import { isMeantAsStsRecord, parseStsRecord, type StsRecord } from "./record";

/**
 * The TXT records that are meant for MTA-STS; there should be one.
 * @throws NotApplicable when the domain receives no mail, CannotCheck when DNS does not answer
 */
export async function stsRecords(subject: Subject): Promise<readonly StsRecord[]> {
  await mailHosts(subject);
  const name = `_mta-sts.${subject.domain}`;
  const { rcode, records } = await subject.dns.query(name, "TXT");
  if (rcode === "SERVFAIL")
    throw new CannotCheck(
      `The name servers answer SERVFAIL when asked for ${name} TXT.`,
      "Mend the zone's name servers.",
    );
  return records
    .map(({ value }) => value)
    .filter(isMeantAsStsRecord)
    .map(parseStsRecord);
}

/** As {@link stsRecords}. @throws NotApplicable also when there is none, which mta-sts-exists tells */
export async function publishedRecords(subject: Subject): Promise<readonly StsRecord[]> {
  const records = await stsRecords(subject);
  if (records.length === 0) throw new NotApplicable(`${subject.domain} has no MTA-STS.`);
  return records;
}

/** Where senders look for the policy (RFC 8461 section 3.3). */
export function policyUrl({ domain }: Pick<Subject, "domain">): string {
  return `https://mta-sts.${domain}/.well-known/mta-sts.txt`;
}

export type FetchedPolicy =
  | { readonly answer: HttpAnswer; readonly policy: StsPolicy }
  /** Why senders get no policy. */
  | { readonly refusal: string; readonly answer?: HttpAnswer; readonly noAddress?: true };

/** Fetches the policy as a sender does. @throws CannotCheck when it is not the domain's fault that there is none */
export async function fetchPolicy(subject: Subject): Promise<FetchedPolicy> {
  const url = policyUrl(subject);
  const answer = await askWeb(subject, url).catch((error: unknown) => error);
  if (answer instanceof NoAddress) return { refusal: answer.message, noAddress: true };
  if (answer instanceof Unreachable && answer.why === "refused") return { refusal: answer.message };
  if (answer instanceof HandshakeFailed || answer instanceof NotHttp) return { refusal: answer.message };
  if (answer instanceof Error) throw answer;
  return judge(url, answer as HttpAnswer);
}

function judge(url: string, answer: HttpAnswer): FetchedPolicy {
  const { status, headers, certificateError, truncated, body } = answer;
  if (certificateError)
    return { answer, refusal: `The certificate of ${new URL(url).host} ${certificateError}.` };
  if (status >= 300 && status < 400)
    // RFC 8461 section 3.3: HTTP 3xx redirects must not be followed.
    return { answer, refusal: `${url} redirects to ${headers.location}, which senders do not follow.` };
  if (status !== 200) return { answer, refusal: `${url} answers with status ${status}.` };
  if (truncated) return { answer, refusal: `${url} answers with more than 64 KiB.` };
  const policy = parseStsPolicy(body);
  if (policy.problems.length > 0)
    return { answer, refusal: `The policy at ${url} ${policy.problems.join(", and ")}.` };
  return { answer, policy };
}

/**
 * The policy that senders heed.
 * @throws NotApplicable when there is none, which mta-sts-exists or mta-sts-policy tells; CannotCheck
 */
export async function policyInForce(subject: Subject): Promise<StsPolicy> {
  await publishedRecords(subject);
  const fetched = await fetchPolicy(subject);
  if ("policy" in fetched) return fetched.policy;
  throw new NotApplicable("Senders get no MTA-STS policy.");
}

/** The policy that the mail hosts of a domain should have, as a file. */
export function wantedPolicy(hosts: readonly string[]): string {
  const mx = hosts.map((host) => `mx: ${host}\n`).join("");
  return `version: STSv1\nmode: enforce\n${mx}max_age: 604800\n`;
}

/** A record with an id that tells the time, as it should be published. */
export function wantedRecord({ domain, now }: Pick<Subject, "domain" | "now">): string {
  const id = now.toISOString().replace(/\D/g, "").slice(0, 14);
  return `_mta-sts.${domain}. TXT "v=STSv1; id=${id}"`;
}
