import { mtaStsMode } from "../../../../verify/checks/mta-sts/mode";
import { describeCheck } from "../support/world";
import { policyBut, stsWorld } from "./support";

describeCheck(mtaStsMode, [
  { when: "the policy is enforced", world: () => stsWorld(), outcome: "passed" },
  {
    when: "the policy is tried out",
    world: () => stsWorld({ policy: policyBut("enforce", "testing") }),
    outcome: "warning",
    evidence: /in testing/,
    remedy: /mode: enforce/,
  },
  {
    when: "the policy is switched off",
    world: () => stsWorld({ policy: policyBut("enforce", "none") }),
    outcome: "warning",
    evidence: /mode: none/,
  },
  {
    when: "the policy has no mode, which is another check's",
    world: () => stsWorld({ policy: policyBut(/mode.*\r\n/, "") }),
    outcome: "not-applicable",
  },
]);
