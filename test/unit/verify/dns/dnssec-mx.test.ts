import { dnsDnssecMx } from "../../../../verify/checks/dns/dnssec-mx";
import type { Security } from "../../../../verify/dns/resolver";
import { describeCheck } from "../support/world";
import { goodZone, zoneBut } from "./good-zone";

const hosted = zoneBut({
  "example.com MX": ["10 mx.example.net"],
  "mx.example.net A": ["192.0.2.1"],
});
const within = (zone: string, security: Security) => (name: string) =>
  name === zone || name.endsWith(`.${zone}`) ? security : "secure";

describeCheck(dnsDnssecMx, [
  { when: "the domain's own zone is signed and has the host", world: { zone: goodZone }, outcome: "passed" },
  {
    when: "the mail provider's zone is signed",
    world: { zone: hosted },
    outcome: "passed",
    evidence: /mx\.example\.net \(zone example\.net\)/,
  },
  {
    when: "the mail provider's zone is not signed",
    world: { zone: hosted, security: within("example.net", "insecure") },
    outcome: "warning",
    evidence: /mx\.example\.net \(zone example\.net\) are not protected/,
  },
  {
    when: "the signatures of the mail provider's zone are wrong",
    world: { zone: hosted, security: within("example.net", "bogus") },
    outcome: "failed",
    evidence: /mx\.example\.net .*do not validate/,
  },
  {
    when: "the signature over the host's address alone is wrong",
    world: { zone: goodZone, security: within("mx.example.com", "bogus") },
    outcome: "failed",
    evidence: /mx\.example\.com \(zone example\.com\) do not validate/,
  },
  {
    when: "the domain's own zone is not signed, which is another check's",
    world: { zone: goodZone, security: within("example.com", "insecure") },
    outcome: "not-applicable",
  },
  {
    when: "the domain receives no mail",
    world: { zone: zoneBut({ "example.com MX": ["0 ."] }) },
    outcome: "not-applicable",
  },
  {
    when: "the resolver does not validate",
    world: { zone: hosted, validates: false, security: () => "unknown" },
    outcome: "not-checked",
  },
]);
