/** What a Pulumi stack declares of a mail server, so that a check can ask for equality and not only for form. */
export interface Expected {
  readonly hostname: string;
  /** The public addresses that the host sends from; it may receive at more. */
  readonly addresses: readonly string[];
  readonly records: readonly ExpectedRecord[];
  /** The SHA-256 of the host key's SubjectPublicKeyInfo, hexadecimal (RFC 6698, TLSA 3 1 1). */
  readonly hostKeySha256?: string;
}

export interface ExpectedRecord {
  /** Fully qualified, without the last dot. */
  readonly name: string;
  readonly type: string;
  /** In presentation format; of a TXT record the strings joined, without quotes. */
  readonly value: string;
}
