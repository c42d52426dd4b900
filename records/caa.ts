import { type DnsRecord, HOUR, type NamedRecords } from "./record";

/** The authority that issues a host's certificates, and by which way. */
export interface Issuer {
  /** As the authority names itself in CAA records, for example `letsencrypt.org`. */
  readonly identity: string;
  /** The URI of the ACME account that may ask (RFC 8657 section 3). @default any account */
  readonly accountUri?: string;
}

/**
 * Limits the certificates of a mail host to one authority, one way of proving control (RFC 8657) and no wildcards,
 * S/MIME certificates for its addresses to nobody (RFC 9495).
 */
export function hostCaaRecords(hostname: string, issuer: Issuer, contact: string): NamedRecords {
  const account = issuer.accountUri === undefined ? "" : `; accounturi=${issuer.accountUri}`;
  return {
    "caa-issue": caaRecord(hostname, "issue", `${issuer.identity}; validationmethods=http-01${account}`),
    "caa-issuewild": caaRecord(hostname, "issuewild", ";"),
    "caa-issuemail": caaRecord(hostname, "issuemail", ";"),
    "caa-iodef": caaRecord(hostname, "iodef", `mailto:${contact}`),
  };
}

/**
 * What a mail domain says of certificates: none for its addresses, and where to report attempts. Who may issue for its
 * web sites is limited only when the authorities are given, since sites of the same domain may have any.
 */
export function domainCaaRecords(
  domain: string,
  issuers: readonly string[] | undefined,
  contact: string,
): NamedRecords {
  const web = issuers?.map((issuer) => [`caa-issuer-${issuer}`, caaRecord(domain, "issue", issuer)] as const);
  return {
    ...Object.fromEntries(web ?? []),
    ...(web ? { "caa-issuewild": caaRecord(domain, "issuewild", ";") } : {}),
    "caa-issuemail": caaRecord(domain, "issuemail", ";"),
    "caa-iodef": caaRecord(domain, "iodef", `mailto:${contact}`),
  };
}

function caaRecord(name: string, tag: string, value: string): DnsRecord {
  return { name, type: "CAA", ttl: HOUR, content: `0 ${tag} "${value}"` };
}
