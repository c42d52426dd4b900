/**
 * A DNS record as data. `Content` is a string, or something that will become one: name, type and TTL are known before
 * a key is generated or an address allocated.
 */
export interface DnsRecord<Content = string> {
  /** Fully qualified, lower case, without the trailing dot. */
  readonly name: string;
  readonly type: RecordType;
  /** Seconds. */
  readonly ttl: number;
  /**
   * The data in presentation format (RFC 1035 section 5.1), names without the trailing dot; of an MX record without
   * its priority.
   */
  readonly content: Content;
  /** Of an MX record: the lowest is tried first. */
  readonly priority?: number;
}

export type RecordType = "A" | "AAAA" | "CAA" | "CNAME" | "MX" | "SRV" | "TLSA" | "TXT";

/** Records by what they are for, such as `mx` or `tls-rpt`. */
export type NamedRecords<Content = string> = Readonly<Record<string, DnsRecord<Content>>>;

/** One hour: long enough to be cached, short enough to be corrected the same day. */
export const HOUR = 3600;
