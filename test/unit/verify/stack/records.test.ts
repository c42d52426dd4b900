import { stackRecords } from "../../../../verify/checks/stack/records";
import { describeCheck } from "../support/world";
import { declared } from "./support/stack";

describeCheck(stackRecords, [
  {
    when: "everything is published as declared, beside records of others",
    world: declared(),
    outcome: "passed",
    evidence: /^All 6 records/,
  },
  {
    when: "a record was taken away",
    world: declared({ "example.com MX": [] }),
    outcome: "failed",
    evidence: /example\.com MX: declared 10 mx\.example\.com, published nothing/,
    remedy: /pulumi up --refresh/,
  },
  {
    when: "a record was changed by hand",
    world: declared({ "example.com TXT": ["v=spf1 a mx ~all"] }),
    outcome: "failed",
    evidence: /declared v=spf1 mx -all, published v=spf1 a mx ~all/,
  },
  {
    when: "the host's key has another pin",
    world: declared({ "_25._tcp.mx.example.com TLSA": ["3 1 1 cd34"] }),
    outcome: "failed",
    evidence: /declared 3 1 1 ab12, published 3 1 1 cd34/,
  },
  { when: "there is no stack", world: {}, outcome: "not-applicable" },
]);
