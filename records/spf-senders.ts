/** The senders that an SPF record lists, as a declaration has them. */
export interface SpfSenders {
  readonly includes: readonly string[];
  /** Addresses and prefixes. */
  readonly addresses: readonly string[];
  /** Other mechanisms as they are written, such as `a` or `exists:…`. */
  readonly terms: readonly string[];
}

/** Whether a text is an SPF record (RFC 7208 section 4.5). */
export function isSpf(text: string): boolean {
  return /^v=spf1( |$)/i.test(text);
}

/**
 * Reads the senders of an SPF record (RFC 7208 section 4.6.1). What it says of all others is left out, and so are
 * senders that do not pass.
 * @param text with its version, without quotes
 */
export function spfSenders(text: string): SpfSenders {
  const terms = text.trim().split(/ +/).slice(1);
  // RFC 7208 section 6.1: beside an `all`, a redirect is not looked at.
  const redirects = terms.some((term) => /^[+?~-]?all$/i.test(term)) ? "" : "|redirect=";
  const values = (pattern: RegExp) => terms.flatMap((term) => pattern.exec(term)?.[1] ?? []);
  return {
    // To be redirected is to be included, where the record that says so has an `all` of its own.
    includes: values(new RegExp(`^(?:\\+?include:${redirects})(.+)$`, "i")),
    addresses: values(/^\+?ip[46]:(.+)$/i),
    terms: values(/^\+?((?:a|mx|ptr|exists)(?:[:/].*)?)$/i),
  };
}
