import { dnsNameserversIpv6 } from "../../../../verify/checks/dns/nameservers-ipv6";
import { describeCheck } from "../support/world";
import { goodZone, zoneBut } from "./good-zone";

describeCheck(dnsNameserversIpv6, [
  {
    when: "both have an IPv6 address",
    world: { zone: goodZone },
    outcome: "passed",
    evidence: /2001:db8::53/,
  },
  {
    when: "none has one",
    world: { zone: zoneBut({ "ns1.example.net AAAA": undefined, "ns2.example.net AAAA": undefined }) },
    outcome: "warning",
    evidence: /^0 of the 2 .*ns1\.example\.net, ns2\.example\.net has none/,
    remedy: /"ns1\.example\.net\. AAAA"/,
  },
  {
    when: "only one of them has one",
    world: { zone: zoneBut({ "ns2.example.net AAAA": undefined }) },
    outcome: "warning",
    evidence: /^1 of the 2 .*ns2\.example\.net has none/,
  },
  {
    when: "the only name server has one",
    world: { zone: zoneBut({ "example.com NS": ["ns1.example.net"] }) },
    outcome: "passed",
  },
]);
