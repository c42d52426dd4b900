import { dnsNameservers } from "../../../../verify/checks/dns/nameservers";
import { describeCheck } from "../support/world";
import { goodZone, zoneBut } from "./good-zone";

describeCheck(dnsNameservers, [
  {
    when: "there are two in two networks",
    world: { zone: goodZone },
    outcome: "passed",
    evidence: /ns1\.example\.net \(192\.0\.2\.53, 2001:db8::53\), ns2/,
  },
  {
    when: "the domain is in its parent's zone, which has two",
    world: {
      zone: { ...goodZone, "mail.example.com MX": ["10 mx.example.com"] },
      domain: "mail.example.com",
    },
    outcome: "passed",
    evidence: /^example\.com is served by/,
  },
  {
    when: "the domain is an alias into a zone with one name server",
    world: {
      zone: {
        ...goodZone,
        "mail.example.com CNAME": ["host.example.org"],
        "host.example.org NS": ["ns1.example.net"],
      },
      domain: "mail.example.com",
    },
    outcome: "passed",
    evidence: /^example\.com is served by/,
  },
  {
    when: "there is only one",
    world: { zone: zoneBut({ "example.com NS": ["ns1.example.net"] }) },
    outcome: "warning",
    evidence: /one name server: ns1\.example\.net/,
    remedy: /second one/,
  },
  {
    when: "two names lead to one server",
    world: { zone: zoneBut({ "ns2.example.net A": ["192.0.2.53"] }) },
    outcome: "warning",
    evidence: /one name server: ns1.*ns2/,
  },
  {
    when: "the name of one has no address",
    world: { zone: zoneBut({ "ns2.example.net A": undefined, "ns2.example.net AAAA": undefined }) },
    outcome: "failed",
    evidence: /ns2\.example\.net.*has no address/,
    remedy: /NS ns2\.example\.net\./,
  },
  {
    when: "the name of one is an alias",
    world: {
      zone: zoneBut({
        "ns2.example.net A": undefined,
        "ns2.example.net AAAA": undefined,
        "ns2.example.net CNAME": ["host.example.net"],
        "host.example.net A": ["198.51.100.53"],
      }),
    },
    outcome: "warning",
    evidence: /ns2\.example\.net.*is an alias/,
  },
  { when: "the domain does not exist", world: { zone: {} }, outcome: "not-applicable" },
  {
    when: "its name servers are down",
    world: { zone: goodZone, broken: ["example.com"] },
    outcome: "not-applicable",
    evidence: /SERVFAIL/,
  },
]);
