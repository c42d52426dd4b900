import { daneRollover } from "../../../../verify/checks/dane/rollover";
import { describeCheck } from "../support/world";
import { daneWorld, digest, good, next } from "./support";

describeCheck(daneRollover, [
  {
    when: "the next key has a record",
    world: () => daneWorld({ records: good }),
    outcome: "passed",
    evidence: /(5a){32}/,
  },
  {
    when: "the authority has a record beside the key's",
    world: () =>
      daneWorld({
        records: (cert, root) => [`3 1 1 ${digest(cert)}`, `2 1 1 ${digest(root)}`],
        sendsRoot: true,
      }),
    outcome: "passed",
  },
  {
    when: "the key in use alone has a record",
    world: () => daneWorld({ records: (cert) => [`3 1 1 ${digest(cert)}`] }),
    outcome: "warning",
    evidence: /^mx\.example\.com: TLSA records of the key in use alone/,
    remedy: /_25\._tcp\.mx\.example\.com\. TLSA 3 1 1 <SHA-256 of the next key>/,
  },
  {
    when: "two records are of the same key",
    world: () =>
      daneWorld({ records: (cert) => [`3 1 1 ${digest(cert)}`, `3 1 2 ${digest(cert, 1, "sha512")}`] }),
    outcome: "warning",
  },
  {
    when: "no record matches, which is another check's",
    world: () => daneWorld({ records: () => [next] }),
    outcome: "not-applicable",
  },
  { when: "there is no record", world: () => daneWorld({ records: () => [] }), outcome: "not-applicable" },
  {
    when: "port 25 is blocked here",
    world: () => daneWorld({ records: good, world: { listeners: { "192.0.2.1:25": "timeout" } } }),
    outcome: "not-checked",
  },
]);
