import { type DnsRecord, HOUR } from "./record";

/**
 * Vouches for a mail host's key on port 25 (RFC 7672 section 3.1: usage 3, selector 1, SHA-256). It is about the key,
 * so it stays true when the certificate is renewed.
 */
export function tlsaRecord<Content>(hostname: string, content: Content): DnsRecord<Content> {
  return { name: `_25._tcp.${hostname}`, type: "TLSA", ttl: HOUR, content };
}

/** The content of a {@link tlsaRecord}. @param keySha256 of the key's SubjectPublicKeyInfo, hexadecimal */
export function tlsaContent(keySha256: string): string {
  return `3 1 1 ${keySha256}`;
}
