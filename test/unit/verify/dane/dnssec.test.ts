import { daneDnssec } from "../../../../verify/checks/dane/dnssec";
import { describeCheck } from "../support/world";
import { daneWorld, good, within } from "./support";

describeCheck(daneDnssec, [
  { when: "the records are signed", world: () => daneWorld({ records: good }), outcome: "passed" },
  {
    when: "the records are not signed",
    world: () => daneWorld({ records: good, world: { security: within("example.com", "insecure") } }),
    outcome: "warning",
    evidence: /_25\._tcp\.mx\.example\.com: TLSA records without DNSSEC/,
    remedy: /DS record/,
  },
  {
    when: "the signatures over the records are wrong",
    world: () => daneWorld({ records: good, world: { security: within("_tcp.mx.example.com", "bogus") } }),
    outcome: "failed",
    evidence: /_25\._tcp\.mx\.example\.com do not validate/,
  },
  {
    when: "the proof that there is no record is wrong",
    world: () =>
      daneWorld({ records: () => [], world: { security: within("_tcp.mx.example.com", "bogus") } }),
    outcome: "failed",
  },
  {
    when: "the signatures of the whole zone are wrong, which is another check's",
    world: () => daneWorld({ records: good, world: { security: within("example.com", "bogus") } }),
    outcome: "not-applicable",
  },
  {
    when: "the resolver does not validate",
    world: () => daneWorld({ records: good, world: { security: () => "unknown", validates: false } }),
    outcome: "not-checked",
    remedy: /--resolver/,
  },
  { when: "there is no record", world: () => daneWorld({ records: () => [] }), outcome: "not-applicable" },
]);
