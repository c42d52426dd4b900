import { daneRecord } from "../../../../verify/checks/dane/record";
import { describeCheck } from "../support/world";
import { daneWorld, digest, good, next } from "./support";

const hash = "ab".repeat(32);

describeCheck(daneRecord, [
  {
    when: "the records are whole",
    world: () => daneWorld({ records: good }),
    outcome: "passed",
    evidence: /3 1 1/,
  },
  {
    when: "all are of usages that mail has no use for",
    world: () => daneWorld({ records: () => [`0 0 1 ${hash}`, `1 1 1 ${hash}`] }),
    outcome: "failed",
    evidence: /TLSA 0 0 1 (ab){32} has the usage 0.*\n.*has the usage 1/,
    remedy: /_25\._tcp\.mx\.example\.com\. TLSA 3 1 1 [0-9a-f]{64}/,
  },
  {
    when: "one of them is cut off",
    world: () => daneWorld({ records: (cert) => [...good(cert), `3 1 1 ${hash.slice(2)}`] }),
    outcome: "warning",
    evidence: /has 31 octets of data, where sha256 has 32/,
  },
  {
    when: "one of them has a matching type that nobody knows",
    world: () => daneWorld({ records: (cert) => [`3 1 1 ${digest(cert)}`, `3 1 7 ${hash}`] }),
    outcome: "warning",
    evidence: /matching type 7/,
  },
  {
    when: "one of them should hold a whole certificate, and holds a digest",
    world: () => daneWorld({ records: () => [next, `3 0 0 ${hash}`] }),
    outcome: "warning",
    evidence: /no certificate for data/,
  },
  { when: "there is no record", world: () => daneWorld({ records: () => [] }), outcome: "not-applicable" },
]);
