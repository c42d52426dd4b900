import { mxIpv6 } from "../../../../verify/checks/mx/ipv6";
import { describeCheck } from "../support/world";

const zone = {
  "example.com MX": ["10 mx.example.com", "20 backup.example.com"],
  "mx.example.com A": ["192.0.2.1"],
  "mx.example.com AAAA": ["2001:db8::1"],
  "backup.example.com A": ["192.0.2.2"],
};

describeCheck(mxIpv6, [
  {
    when: "every mail host has one",
    world: { zone: { ...zone, "backup.example.com AAAA": ["2001:db8::2"] } },
    outcome: "passed",
    evidence: /2001:db8::2/,
  },
  {
    when: "one mail host has none",
    world: { zone },
    outcome: "warning",
    evidence: /^backup\.example\.com has no IPv6 address/,
    remedy: /"backup\.example\.com\. AAAA"/,
  },
  {
    when: "the domain receives no mail",
    world: { zone: { "example.com MX": ["0 ."] } },
    outcome: "not-applicable",
  },
]);
