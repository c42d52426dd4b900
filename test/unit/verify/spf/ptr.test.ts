import { spfPtr } from "../../../../verify/checks/spf/ptr";
import { describeCheck } from "../support/world";
import { zoneWith } from "./support";

describeCheck(spfPtr, [
  { when: "ptr is not used", world: { zone: zoneWith("v=spf1 mx -all") }, outcome: "passed" },
  {
    when: "ptr is used",
    world: { zone: zoneWith("v=spf1 ptr:example.com -all") },
    outcome: "warning",
    evidence: /^ptr:example\.com of example\.com/,
  },
  {
    when: "a macro asks for the reverse name",
    world: { zone: zoneWith("v=spf1 exists:%{p}.example.com -all") },
    outcome: "warning",
  },
  {
    when: "what it includes uses ptr",
    world: { zone: zoneWith("v=spf1 include:example.net -all", { "example.net TXT": ["v=spf1 ptr ?all"] }) },
    outcome: "warning",
    evidence: /^ptr of example\.net/,
  },
]);
