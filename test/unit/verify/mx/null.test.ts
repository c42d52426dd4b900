import { mxNull } from "../../../../verify/checks/mx/null";
import { describeCheck } from "../support/world";

describeCheck(mxNull, [
  { when: "the null MX is the only one", world: { zone: { "example.com MX": ["0 ."] } }, outcome: "passed" },
  {
    when: "a mail host is named beside it",
    world: { zone: { "example.com MX": ["0 .", "10 mx.example.com"], "mx.example.com A": ["192.0.2.1"] } },
    outcome: "failed",
    evidence: /null MX beside example\.com\. MX 10 mx\.example\.com\./,
    remedy: /Remove "example\.com\. MX 0 \."/,
  },
  {
    when: "the domain receives mail",
    world: { zone: { "example.com MX": ["10 mx.example.com"] } },
    outcome: "not-applicable",
  },
  { when: "the domain does not exist", world: {}, outcome: "not-applicable" },
]);
