import { hostCaaRecords, type Issuer } from "./caa";
import type { NamedRecords } from "./record";
import { spfRecord } from "./spf";

/** A mail host, with every choice made. */
export interface MailHostPlan {
  readonly hostname: string;
  /** Undefined if the authority is not known by its name in CAA records: then any may issue. */
  readonly issuer?: Issuer;
  /** The address for reports of certificates that somebody asked for against the CAA records. */
  readonly contact: string;
  /** The mail domain of the same name, if there is one, which has an SPF record and CAA records of its own. */
  readonly domain?: { readonly limitsIssuers: boolean };
}

/** What is published for a mail host, but for its addresses and the TLSA records of its keys. */
export function mailHostRecords({ hostname, issuer, contact, domain }: MailHostPlan): NamedRecords {
  const caa = issuer ? hostCaaRecords(hostname, issuer, contact) : {};
  const ofDomain = domain
    ? ["caa-issuemail", "caa-iodef", ...(domain.limitsIssuers ? ["caa-issuewild"] : [])]
    : [];
  return {
    // A bounce has no sender, so receivers ask for the SPF record of the EHLO name (RFC 7208 section 2.4).
    ...(domain ? {} : { "helo-spf": spfRecord(hostname, ["a"]) }),
    ...Object.fromEntries(Object.entries(caa).filter(([role]) => !ofDomain.includes(role))),
  };
}
