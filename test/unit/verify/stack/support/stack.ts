import type { World } from "../../support/world";

const records = [
  { name: "example.com", type: "MX", value: "10 mx.example.com" },
  { name: "example.com", type: "TXT", value: "v=spf1 mx -all" },
  { name: "mx.example.com", type: "A", value: "192.0.2.1" },
  { name: "_25._tcp.mx.example.com", type: "TLSA", value: "3 1 1 ab12" },
  { name: "example.com", type: "CAA", value: '0 issue "letsencrypt.org"' },
  { name: "_imaps._tcp.example.com", type: "SRV", value: "0 1 993 mx.example.com" },
  // Of another domain of the same stack.
  { name: "example.net", type: "MX", value: "10 mx.example.com" },
];

/** A zone that a stack has published, with changes: an empty list takes the record away. */
export function declared(changes: Record<string, readonly string[]> = {}): World {
  return {
    expected: { hostname: "mx.example.com", addresses: ["192.0.2.1"], records },
    zone: {
      "example.com MX": ["10 mx.example.com"],
      "example.com TXT": ["v=spf1 mx -all", "site-verification=1"],
      "mx.example.com A": ["192.0.2.1"],
      "_25._tcp.mx.example.com TLSA": ["3 1 1 ab12"],
      "example.com CAA": ['0 issue "letsencrypt.org"'],
      "_imaps._tcp.example.com SRV": ["0 1 993 mx.example.com"],
      ...changes,
    },
  };
}
