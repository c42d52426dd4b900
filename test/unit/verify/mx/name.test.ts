import { mxName } from "../../../../verify/checks/mx/name";
import { describeCheck } from "../support/world";

const named = (name: string) => ({ zone: { "example.com MX": [`10 ${name}`] } });

describeCheck(mxName, [
  { when: "the names are host names", world: named("mx-1.example.com"), outcome: "passed" },
  { when: "a name has an A-label", world: named("xn--mller-kva.example.com"), outcome: "passed" },
  {
    when: "an IP address stands in place of a name",
    world: named("192.0.2.1"),
    outcome: "failed",
    evidence: /"192\.0\.2\.1", which is an IP address/,
    remedy: /MX \.\.\. 192\.0\.2\.1\./,
  },
  {
    when: "the name has an underscore",
    world: named("mail_1.example.com"),
    outcome: "failed",
    evidence: /letters/,
  },
  { when: "a label ends with a hyphen", world: named("mail-.example.com"), outcome: "failed" },
  {
    when: "the name is not qualified",
    world: named("localhost"),
    outcome: "failed",
    evidence: /fully qualified/,
  },
  { when: "the top-level domain is a number", world: named("mail.1"), outcome: "failed" },
  { when: "the domain receives no mail", world: named("."), outcome: "not-applicable" },
]);
