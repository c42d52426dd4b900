import { dnsDnssec } from "../../../../verify/checks/dns/dnssec";
import { describeCheck } from "../support/world";
import { ds, goodZone, zoneBut } from "./good-zone";

const insecure = () => "insecure" as const;
const unsigned = zoneBut({ "example.com DS": undefined, "example.com DNSKEY": undefined });

describeCheck(dnsDnssec, [
  {
    when: "the zone is signed and validates",
    world: { zone: goodZone },
    outcome: "passed",
    evidence: /example\.com\. DS 55648 13 2/,
  },
  {
    when: "it is not signed",
    world: { zone: unsigned, security: insecure },
    outcome: "warning",
    evidence: /not protected by DNSSEC/,
    remedy: /DS record/,
  },
  {
    when: "it is signed, and the registry does not know",
    world: { zone: zoneBut({ "example.com DS": undefined }), security: insecure },
    outcome: "warning",
    evidence: /no DS record/,
    remedy: /example\.com\. DS 55648 13 2 5cf0895f/,
  },
  {
    when: "the signatures are wrong",
    world: { zone: goodZone, security: () => "bogus" },
    outcome: "failed",
    evidence: /do not validate.*\nexample\.com\. DS/,
    remedy: /example\.com\. DS \d+ 13 2/,
  },
  {
    when: "it is signed with an algorithm that nobody heeds, which is another check's",
    world: { zone: zoneBut({ "example.com DS": [ds.replace(" 13 ", " 5 ")] }), security: insecure },
    outcome: "not-applicable",
  },
  {
    when: "the resolver does not validate",
    world: { zone: goodZone, validates: false, security: () => "unknown" },
    outcome: "not-checked",
    evidence: /does not validate/,
    remedy: /--resolver/,
  },
  {
    when: "the resolver does not validate, and there is nothing to validate",
    world: { zone: unsigned, validates: false, security: () => "unknown" },
    outcome: "warning",
  },
  { when: "the domain does not exist", world: { zone: {} }, outcome: "not-applicable" },
]);
