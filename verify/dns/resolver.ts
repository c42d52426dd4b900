/** What is known of an answer by DNSSEC (RFC 4033 section 5); unknown if the resolver does not validate. */
export type Security = "secure" | "insecure" | "bogus" | "unknown";

/** What the data of each record type is, as far as the checks read it. Names are without the last dot, lower case. */
export interface RecordData {
  A: string;
  AAAA: string;
  CNAME: string;
  NS: string;
  PTR: string;
  MX: { readonly preference: number; readonly exchange: string };
  /** The character strings as they came; joined they are the value (RFC 7208 section 3.3). */
  TXT: { readonly value: string; readonly strings: readonly string[] };
  SOA: { readonly mname: string; readonly rname: string; readonly serial: number; readonly minimum: number };
  CAA: { readonly flags: number; readonly tag: string; readonly value: string };
  /** `data` is hexadecimal. */
  TLSA: {
    readonly usage: number;
    readonly selector: number;
    readonly matchingType: number;
    readonly data: string;
  };
  SRV: { readonly priority: number; readonly weight: number; readonly port: number; readonly target: string };
  /** `digest` is hexadecimal. */
  DS: {
    readonly keyTag: number;
    readonly algorithm: number;
    readonly digestType: number;
    readonly digest: string;
  };
  /** `key` is base64. */
  DNSKEY: { readonly flags: number; readonly algorithm: number; readonly key: string };
}

export type RecordType = keyof RecordData;

export interface Answer<T extends RecordType = RecordType> {
  /** NXDOMAIN: the name does not exist. SERVFAIL: the name servers of the zone are broken or unreachable. */
  readonly rcode: "NOERROR" | "NXDOMAIN" | "SERVFAIL" | "REFUSED" | "OTHER";
  /** Of the type asked for, at the end of the aliases. */
  readonly records: readonly RecordData[T][];
  /** The canonical names that the name leads to, in order. */
  readonly aliases: readonly string[];
  /** Seconds; the smallest of the records. */
  readonly ttl: number;
  readonly security: Security;
}

/** Asks the domain name system. Data of a bogus answer is given too, so that each check can say what it would see. */
export interface Resolver {
  /** @throws CannotCheck when the resolver gives no answer at all */
  query<T extends RecordType>(name: string, type: T): Promise<Answer<T>>;
  /**
   * Asks one name server itself, without recursion.
   * @param server IP address
   * @throws CannotCheck when it gives no answer
   */
  queryServer<T extends RecordType>(
    server: string,
    name: string,
    type: T,
  ): Promise<Answer<T> & { authoritative: boolean }>;
  /** Whether its answers tell what DNSSEC says. */
  readonly validates: boolean;
  /** What it is called in evidence: its address. */
  readonly name: string;
}
