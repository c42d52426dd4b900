import { spfSingle } from "../../../../verify/checks/spf/single";
import { describeCheck } from "../support/world";

const txt = (...records: string[]) => ({ zone: { "example.com TXT": records } });

describeCheck(spfSingle, [
  { when: "there is one record", world: txt("v=spf1 mx -all", "other=1"), outcome: "passed" },
  {
    when: "a provider's record was added beside it",
    world: txt("v=spf1 mx -all", "V=spf1 include:example.net mx ~all"),
    outcome: "failed",
    evidence: /2 SPF records/,
    remedy: /TXT "v=spf1 mx include:example\.net -all"/,
  },
  { when: "there is none", world: txt("other=1"), outcome: "not-applicable" },
]);
