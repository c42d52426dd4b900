/** A group of the key exchange (IANA, TLS Supported Groups). */
export interface Group {
  readonly code: number;
  readonly name: string;
  readonly bits: number;
  /** What OpenSSL calls the curve of a key. */
  readonly openssl?: string;
}

/** Those that NCSC-NL and RFC 9325 section 4.2.1 ask for, the most usual first. */
export const goodGroups: readonly Group[] = [
  { code: 29, name: "X25519", bits: 255 },
  { code: 23, name: "P-256", bits: 256, openssl: "prime256v1" },
  { code: 24, name: "P-384", bits: 384, openssl: "secp384r1" },
  { code: 25, name: "P-521", bits: 521, openssl: "secp521r1" },
  { code: 30, name: "X448", bits: 448 },
];

/** Curves that are too small, or that RFC 8422 section 5.1.1 deprecates. */
export const weakGroups: readonly Group[] = [
  ["sect163k1", "sect163r1", "sect163r2", "sect193r1", "sect193r2", "sect233k1", "sect233r1", "sect239k1"],
  ["sect283k1", "sect283r1", "sect409k1", "sect409r1", "sect571k1", "sect571r1", "secp160k1", "secp160r1"],
  ["secp160r2", "secp192k1", "secp192r1", "secp224k1", "secp224r1", "secp256k1"],
]
  .flat()
  .map((name, index) => ({ code: index + 1, name, bits: Number(/\d+/.exec(name)?.[0]) }));

const names = new Map([...goodGroups, ...weakGroups].map((group) => [group.code, group]));

/** Undefined for one that was never offered. */
export function groupOf(code: number): Group | undefined {
  return names.get(code);
}
