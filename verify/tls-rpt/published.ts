import { mailHosts } from "../mail-hosts";
import { CannotCheck, NotApplicable } from "../outcome";
import type { Subject } from "../subject";
import { isMeantAsTlsRptRecord, parseTlsRptRecord, type TlsRptRecord } from "./record";

/**
 * The TXT records that are meant for TLS reports; there should be one.
 * @throws NotApplicable when the domain receives no mail, CannotCheck when DNS does not answer
 */
export async function tlsRptRecords(subject: Subject): Promise<readonly TlsRptRecord[]> {
  await mailHosts(subject);
  const name = `_smtp._tls.${subject.domain}`;
  const { rcode, records } = await subject.dns.query(name, "TXT");
  if (rcode === "SERVFAIL")
    throw new CannotCheck(
      `The name servers answer SERVFAIL when asked for ${name} TXT.`,
      "Mend the zone's name servers.",
    );
  return records
    .map(({ value }) => value)
    .filter(isMeantAsTlsRptRecord)
    .map(parseTlsRptRecord);
}

/** As {@link tlsRptRecords}. @throws NotApplicable also when there is none, which tls-rpt-exists tells */
export async function publishedTlsRpt(subject: Subject): Promise<readonly TlsRptRecord[]> {
  const records = await tlsRptRecords(subject);
  if (records.length === 0) throw new NotApplicable(`${subject.domain} asks for no TLS reports.`);
  return records;
}

/** The record as it should be published. */
export function wantedTlsRpt({ domain }: Pick<Subject, "domain">): string {
  return `_smtp._tls.${domain}. TXT "v=TLSRPTv1; rua=mailto:postmaster@${domain}"`;
}
