import type { Zone } from "../support/zone";

export const ptr4 = "1.2.0.192.in-addr.arpa PTR";
export const ptr6 = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa PTR";

/** A domain whose mail host has names both ways. */
export const goodZone: Zone = {
  "example.com MX": ["10 mx.example.com"],
  "mx.example.com A": ["192.0.2.1"],
  "mx.example.com AAAA": ["2001:db8::1"],
  [ptr4]: ["mx.example.com"],
  [ptr6]: ["mx.example.com"],
};

/** Where its server listens. */
export const [at4, at6] = ["192.0.2.1:25", "[2001:db8::1]:25"];
