import type { DnsRecord } from "./record";
import { txtRecord } from "./txt";

export interface Bimi {
  /** The https URL of the logo, SVG Tiny PS. */
  readonly logo: string;
  /** The https URL of the mark certificate, which most receivers want. */
  readonly certificate?: string;
}

/** The logo that receivers may show beside a domain's mail (draft-brand-indicators-for-message-identification). */
export function bimiRecord(domain: string, { logo, certificate = "" }: Bimi): DnsRecord {
  return txtRecord(`default._bimi.${domain}`, `v=BIMI1; l=${logo}; a=${certificate}`);
}
