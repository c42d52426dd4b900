import { reversePtr } from "../../../../verify/checks/reverse/ptr";
import { describeCheck } from "../support/world";
import { goodZone, ptr4, ptr6 } from "./good-zone";

describeCheck(reversePtr, [
  {
    when: "every address has a name",
    world: { zone: goodZone },
    outcome: "passed",
    evidence: /192\.0\.2\.1 is mx\.example\.com\.\n2001:db8::1 is mx\.example\.com\./,
  },
  {
    when: "the IPv4 address has none",
    world: { zone: { ...goodZone, [ptr4]: [] } },
    outcome: "failed",
    evidence: /192\.0\.2\.1 \(NOERROR\)/,
    remedy: /"1\.2\.0\.192\.in-addr\.arpa\. PTR mx\.example\.com\."/,
  },
  {
    when: "the IPv6 address has none",
    world: { zone: { ...goodZone, [ptr6]: [] } },
    outcome: "warning",
    evidence: /2001:db8::1/,
    remedy: /"1\.0\.0.*ip6\.arpa\. PTR mx\.example\.com\.".*IPv4 only/,
  },
  {
    when: "the stack declares an address beside the mail host's, and it has no name",
    world: {
      zone: goodZone,
      expected: { hostname: "mx.example.com", addresses: ["192.0.2.1", "192.0.2.99"], records: [] },
    },
    outcome: "failed",
    evidence: /192\.0\.2\.99 \(NXDOMAIN\)/,
    remedy: /99\.2\.0\.192\.in-addr\.arpa\. PTR mx\.example\.com/,
  },
  {
    when: "the stack's host receives at an IPv6 address without a name, from which it does not send",
    world: {
      zone: { ...goodZone, [ptr6]: [] },
      expected: { hostname: "mx.example.com", addresses: ["192.0.2.1"], records: [] },
    },
    outcome: "passed",
    evidence: /^192\.0\.2\.1 is mx\.example\.com\.$/,
  },
  {
    when: "the domain receives no mail, and its stack's host sends some",
    world: {
      zone: { ...goodZone, "example.com MX": ["0 ."] },
      expected: { hostname: "mx.example.com", addresses: ["192.0.2.1"], records: [] },
    },
    outcome: "passed",
  },
  {
    when: "the domain has no mail host",
    world: { zone: { "example.com MX": ["0 ."] } },
    outcome: "not-applicable",
  },
  {
    when: "the resolver gives no answer",
    world: { zone: goodZone, unanswered: ["in-addr.arpa"] },
    outcome: "not-checked",
  },
]);
