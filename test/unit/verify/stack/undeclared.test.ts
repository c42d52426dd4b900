import { stackUndeclared } from "../../../../verify/checks/stack/undeclared";
import { describeCheck } from "../support/world";
import { declared } from "./support/stack";

describeCheck(stackUndeclared, [
  { when: "a site verification stands beside the SPF record", world: declared(), outcome: "passed" },
  {
    when: "someone added another mail exchanger",
    world: declared({ "example.com MX": ["10 mx.example.com", "5 mx.other.example"] }),
    outcome: "warning",
    evidence: /example\.com MX: 5 mx\.other\.example/,
    remedy: /Delete them/,
  },
  {
    when: "there is a second SPF record",
    world: declared({ "example.com TXT": ["v=spf1 mx -all", "v=spf1 a -all"] }),
    outcome: "warning",
    evidence: /v=spf1 a -all/,
  },
  {
    when: "a record stands in the place of the declared one, which another check tells",
    world: declared({ "example.com MX": ["5 mx.other.example"] }),
    outcome: "passed",
  },
  { when: "there is no stack", world: {}, outcome: "not-applicable" },
]);
