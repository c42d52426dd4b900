import { mtaStsMaxAge } from "../../../../verify/checks/mta-sts/max-age";
import { describeCheck } from "../support/world";
import { policyBut, stsWorld } from "./support";

describeCheck(mtaStsMaxAge, [
  {
    when: "senders keep the policy for a week",
    world: () => stsWorld(),
    outcome: "passed",
    evidence: /604800/,
  },
  {
    when: "senders forget the policy after a minute",
    world: () => stsWorld({ policy: policyBut("604800", "60") }),
    outcome: "warning",
    evidence: /after 60 seconds/,
    remedy: /max_age: 604800/,
  },
  {
    when: "the policy is tried out, for a day",
    world: () => stsWorld({ policy: policyBut("604800", "86400").replace("enforce", "testing") }),
    outcome: "not-applicable",
  },
]);
