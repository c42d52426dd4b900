import { dnsDnssecAlgorithm } from "../../../../verify/checks/dns/dnssec-algorithm";
import { describeCheck } from "../support/world";
import { ds, goodZone, key, zoneBut } from "./good-zone";

const rsaSha1 = {
  "example.com DS": [ds.replace(" 13 ", " 7 ")],
  "example.com DNSKEY": [key.replace(" 13 ", " 7 ")],
};

describeCheck(dnsDnssecAlgorithm, [
  {
    when: "the zone is signed with ECDSA",
    world: { zone: goodZone },
    outcome: "passed",
    evidence: /13 \(ECDSAP256SHA256\)/,
  },
  {
    when: "it is signed with RSA and SHA-1",
    world: { zone: zoneBut(rsaSha1) },
    outcome: "warning",
    evidence: /7 \(RSASHA1-NSEC3-SHA1\)/,
    remedy: /algorithm 13/,
  },
  {
    when: "the DS record is a SHA-1 digest",
    world: { zone: zoneBut({ "example.com DS": [`55648 13 1 ${"ab".repeat(20)}`] }) },
    outcome: "warning",
    evidence: /only a SHA-1 digest: 55648 13 1/,
    remedy: /SHA-256/,
  },
  {
    when: "the DS record is there with both digests",
    world: { zone: zoneBut({ "example.com DS": [ds, `55648 13 1 ${"ab".repeat(20)}`] }) },
    outcome: "passed",
  },
  {
    when: "the zone is not signed",
    world: { zone: zoneBut({ "example.com DS": undefined }) },
    outcome: "not-applicable",
  },
]);
