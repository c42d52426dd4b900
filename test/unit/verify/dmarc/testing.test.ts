import { dmarcTesting } from "../../../../verify/checks/dmarc/testing";
import { describeCheck } from "../support/world";
import { zoneWith } from "./support";

describeCheck(dmarcTesting, [
  { when: "the policy is in force", world: { zone: zoneWith("v=DMARC1; p=reject; t=n") }, outcome: "passed" },
  {
    when: "the policy is tried out",
    world: { zone: zoneWith("v=DMARC1; p=reject; t=y") },
    outcome: "warning",
    evidence: /reject counts as quarantine/,
    remedy: /TXT "v=DMARC1; p=reject"/,
  },
  {
    when: "there is no policy to try out",
    world: { zone: zoneWith("v=DMARC1; p=none; t=y") },
    outcome: "not-applicable",
  },
]);
