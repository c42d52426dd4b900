import { aliasRecord } from "./alias";
import { type Bimi, bimiRecord } from "./bimi";
import { domainCaaRecords } from "./caa";
import { type DmarcPolicy, dmarcRecord, dmarcReportRecord } from "./dmarc";
import { type MtaStsMode, mtaStsPolicy, mtaStsRecord } from "./mta-sts";
import { mxRecord, nullMxRecord } from "./mx";
import type { NamedRecords } from "./record";
import { type SpfMechanism, spfRecord } from "./spf";
import { srvRecords } from "./srv";
import { tlsRptRecord } from "./tls-rpt";
import { txtRecord } from "./txt";

/** A mail domain, with every choice made. */
export interface MailDomainPlan {
  readonly domain: string;
  /** The host that receives and sends its mail. */
  readonly hostname: string;
  /** Whether it has an MX record of this stack: a domain in the shadow is prepared without one. */
  readonly hasMx: boolean;
  /** Names whose SPF record lists further senders. */
  readonly spfIncludes: readonly string[];
  /** Addresses and prefixes of further senders. */
  readonly spfAddresses: readonly string[];
  /** SPF mechanisms of further senders, as they are written. */
  readonly spfTerms: readonly string[];
  readonly dmarcPolicy: DmarcPolicy;
  /** Addresses for DMARC's aggregate reports. */
  readonly dmarcReports: readonly string[];
  /** Other domains whose aggregate reports an address of this one receives. */
  readonly dmarcReportsOf: readonly string[];
  readonly mtaSts: MtaStsMode;
  /** Addresses for reports of TLS failures. */
  readonly tlsReports: readonly string[];
  /**
   * Authorities that may issue certificates for the domain's own names; undefined is any. "as above" is those of the
   * domain that it is part of, which hold as long as this one has no CAA record at all (RFC 8659 section 3).
   */
  readonly caaIssuers?: readonly string[] | "as above";
  readonly bimi?: Bimi;
}

/** The names of a domain that its mail host answers the web on. */
export function webNames(domain: string): string[] {
  return ["mta-sts", "autoconfig", "autodiscover"].map((label) => `${label}.${domain}`);
}

/** The MTA-STS policy of a domain. */
export function policyOf({ mtaSts, hostname }: MailDomainPlan): string {
  return mtaStsPolicy(mtaSts, hostname);
}

/** Everything that is published for a mail domain, but for its DKIM keys. */
export function mailDomainRecords(plan: MailDomainPlan): NamedRecords {
  const { domain, hostname, bimi } = plan;
  return {
    ...(plan.hasMx ? { mx: mxRecord(domain, hostname) } : {}),
    spf: spfRecord(domain, senders(plan)),
    dmarc: dmarcRecord(domain, plan.dmarcPolicy, plan.dmarcReports),
    ...Object.fromEntries(
      plan.dmarcReportsOf.map((other) => [`dmarc-reports-of-${other}`, dmarcReportRecord(other, domain)]),
    ),
    "mta-sts": mtaStsRecord(domain, policyOf(plan)),
    ...(plan.tlsReports.length > 0 ? { "tls-rpt": tlsRptRecord(domain, plan.tlsReports) } : {}),
    ...Object.fromEntries(
      webNames(domain).map((name) => [`${label(name)}-host`, aliasRecord(name, hostname)]),
    ),
    ...srvRecords(domain, hostname),
    ...(plan.caaIssuers === "as above"
      ? {}
      : domainCaaRecords(domain, plan.caaIssuers, `postmaster@${domain}`)),
    ...(bimi ? { bimi: bimiRecord(domain, bimi) } : {}),
  };
}

/** What is published for a domain that does no mail, so that nobody can do any in its name. */
export function parkedDomainRecords(domain: string): NamedRecords {
  return {
    mx: nullMxRecord(domain),
    spf: spfRecord(domain, []),
    dmarc: dmarcRecord(domain, "reject", []),
    "dkim-none": txtRecord(`*._domainkey.${domain}`, "v=DKIM1; p="),
  };
}

/** The host by its name: so mail passes wherever the domain's MX leads. */
function senders(plan: MailDomainPlan): SpfMechanism[] {
  const { domain, hostname, spfIncludes, spfAddresses, spfTerms } = plan;
  return [
    hostname === domain ? "a" : { a: hostname },
    ...spfAddresses.map((ip) => ({ ip })),
    ...spfTerms.map((term) => ({ term })),
    ...spfIncludes.map((include) => ({ include })),
  ];
}

function label(name: string): string {
  return name.slice(0, name.indexOf("."));
}
