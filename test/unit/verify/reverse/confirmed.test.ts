import { reverseConfirmed } from "../../../../verify/checks/reverse/confirmed";
import { describeCheck } from "../support/world";
import { goodZone, ptr4, ptr6 } from "./good-zone";

describeCheck(reverseConfirmed, [
  { when: "names and addresses lead to each other", world: { zone: goodZone }, outcome: "passed" },
  {
    when: "one of two names leads back",
    world: { zone: { ...goodZone, [ptr4]: ["old.example.net", "mx.example.com"] } },
    outcome: "passed",
  },
  {
    when: "the name is another host's",
    world: { zone: { ...goodZone, [ptr4]: ["www.example.net"], "www.example.net A": ["198.51.100.80"] } },
    outcome: "failed",
    evidence: /192\.0\.2\.1 is called www\.example\.net, which does not/,
    remedy: /"www\.example\.net\. A 192\.0\.2\.1".*mx\.example\.com/,
  },
  {
    when: "the name does not exist",
    world: { zone: { ...goodZone, [ptr4]: ["gone.example.net"] } },
    outcome: "failed",
  },
  {
    when: "the name has only the IPv4 address",
    world: {
      zone: { ...goodZone, [ptr6]: ["host.example.net"], "host.example.net A": ["192.0.2.1"] },
    },
    outcome: "warning",
    remedy: /AAAA 2001:db8::1/,
  },
  {
    when: "there are no names, which is another check's",
    world: { zone: { ...goodZone, [ptr4]: [], [ptr6]: [] } },
    outcome: "not-applicable",
  },
]);
