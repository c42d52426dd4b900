import { dmarcSingle } from "../../../../verify/checks/dmarc/single";
import { describeCheck } from "../support/world";

const txt = (...records: string[]) => ({ zone: { "_dmarc.example.com TXT": records } });

describeCheck(dmarcSingle, [
  { when: "there is one", world: txt("v=DMARC1; p=none", "v=spf1 -all"), outcome: "passed" },
  {
    when: "the old record is still beside the new one",
    world: txt("v=DMARC1; p=none", "v=DMARC1; p=reject"),
    outcome: "failed",
    evidence: /_dmarc\.example\.com has 2 DMARC records/,
  },
  { when: "there is none", world: txt(), outcome: "not-applicable" },
]);
