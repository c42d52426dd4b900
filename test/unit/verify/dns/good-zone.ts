import type { Zone } from "../support/zone";

/** The key of RFC 6605 section 6.1, and the DS record that it has in this zone. */
export const key =
  "257 3 13 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==";
export const ds = "55648 13 2 5cf0895ffc0f5544c1260e1f35ed9b80a648d87b8aa335312b552ec003d1d830";

/** What the DNS holds for example.com where nothing is wrong. */
export const goodZone: Zone = {
  "example.com SOA": ["ns1.example.net hostmaster.example.com 2026112401 3600 600 604800 300"],
  "example.com NS": ["ns1.example.net", "ns2.example.net"],
  "example.com DS": [ds],
  "example.com DNSKEY": [key],
  "example.com MX": ["10 mx.example.com"],
  "mx.example.com A": ["192.0.2.1"],
  "mx.example.com AAAA": ["2001:db8::1"],
  "example.net NS": ["ns1.example.net", "ns2.example.net"],
  "example.net DS": [ds],
  "ns1.example.net A": ["192.0.2.53"],
  "ns1.example.net AAAA": ["2001:db8::53"],
  "ns2.example.net A": ["198.51.100.53"],
  "ns2.example.net AAAA": ["2001:db8:1::53"],
};

/** The good zone but for what is given; undefined takes a record set away. */
export function zoneBut(changes: Readonly<Record<string, readonly string[] | undefined>>): Zone {
  const entries = Object.entries({ ...goodZone, ...changes });
  return Object.fromEntries(entries.flatMap(([name, records]) => (records ? [[name, records]] : [])));
}
