import type { Zone } from "../support/zone";

/** The test entries of every list, as a resolver of one's own gets them. */
export const testEntries: Zone = {
  "2.0.0.127.zen.spamhaus.org A": ["127.0.0.2", "127.0.0.4", "127.0.0.10"],
  "2.0.0.127.b.barracudacentral.org A": ["127.0.0.2"],
  "2.0.0.127.bl.spamcop.net A": ["127.0.0.2"],
  "2.0.0.127.psbl.surriel.com A": ["127.0.0.2"],
  "2.0.0.127.dnsbl-1.uceprotect.net A": ["127.0.0.2"],
  "dbltest.com.dbl.spamhaus.org A": ["127.0.1.2"],
  "test.surbl.org.multi.surbl.org A": ["127.0.0.254"],
  "test.uribl.com.multi.uribl.com A": ["127.0.0.14"],
};

/** A domain that no list knows. */
export const goodZone: Zone = {
  ...testEntries,
  "example.com NS": ["ns1.example.net"],
  "example.com MX": ["10 mx.example.com"],
  "mx.example.com A": ["203.0.113.25"],
  "mx.example.com AAAA": ["2001:db8::1"],
};
