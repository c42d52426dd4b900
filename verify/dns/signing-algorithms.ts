/** As the IANA registry "DNS Security Algorithm Numbers" calls them. */
const names: Readonly<Record<number, string>> = {
  1: "RSAMD5",
  3: "DSA",
  5: "RSASHA1",
  6: "DSA-NSEC3-SHA1",
  7: "RSASHA1-NSEC3-SHA1",
  8: "RSASHA256",
  10: "RSASHA512",
  12: "ECC-GOST",
  13: "ECDSAP256SHA256",
  14: "ECDSAP384SHA384",
  15: "ED25519",
  16: "ED448",
};

/** Must not be signed with; some resolvers take what they sign for unsigned (RFC 9904, RFC 9905, RFC 9906). */
const deprecated = [1, 3, 5, 6, 7, 12];

export function isDeprecated({ algorithm }: { readonly algorithm: number }): boolean {
  return deprecated.includes(algorithm);
}

/** For evidence: `13 (ECDSAP256SHA256)`. */
export function describeAlgorithm(algorithm: number): string {
  return `${algorithm} (${names[algorithm] ?? "unassigned or unknown"})`;
}
