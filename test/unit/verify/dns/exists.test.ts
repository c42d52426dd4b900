import { dnsExists } from "../../../../verify/checks/dns/exists";
import { describeCheck } from "../support/world";
import { goodZone } from "./good-zone";

describeCheck(dnsExists, [
  { when: "the domain has a zone of its own", world: { zone: goodZone }, outcome: "passed" },
  {
    when: "the domain is a name within its parent's zone",
    world: {
      zone: { ...goodZone, "mail.example.com MX": ["10 mx.example.com"] },
      domain: "mail.example.com",
    },
    outcome: "passed",
  },
  {
    when: "nobody has registered it",
    world: { zone: { "example.org SOA": ["ns1.example.net hostmaster.example.org 1 1 1 1 1"] } },
    outcome: "failed",
    evidence: /example\.com does not exist.*NXDOMAIN/,
    remedy: /registration/,
  },
  {
    when: "its name servers are down",
    world: { zone: goodZone, broken: ["example.com"] },
    outcome: "failed",
    evidence: /broken or out of reach.*SERVFAIL/,
    remedy: /port 53/,
  },
  {
    when: "its signatures are wrong, which is another check's",
    world: { zone: goodZone, security: () => "bogus" },
    outcome: "passed",
  },
  {
    when: "the resolver gives no answer",
    world: { zone: goodZone, unanswered: ["example.com"] },
    outcome: "not-checked",
    evidence: /no answer/,
  },
]);
