import { accessSubmission } from "../../../../verify/checks/access/submission";
import { describeCheck } from "../support/world";
import { goodPorts, hostWith, submission } from "./support/host";

describeCheck(accessSubmission, [
  {
    when: "587 offers STARTTLS and then a login",
    world: () => hostWith({ ...goodPorts(), 587: submission() }),
    outcome: "passed",
    evidence: /port 587 .* AUTH PLAIN LOGIN/,
  },
  {
    when: "587 is closed and 465 works",
    world: () => hostWith(goodPorts()),
    outcome: "not-applicable",
    evidence: /465/,
  },
  { when: "no port for users is open", world: () => hostWith({}), outcome: "not-applicable" },
  {
    when: "587 has no STARTTLS",
    world: () => hostWith({ ...goodPorts(), 587: submission({ tls: undefined }) }),
    outcome: "failed",
    evidence: /does not offer STARTTLS/,
  },
  {
    when: "587 offers no login after STARTTLS",
    world: () => hostWith({ ...goodPorts(), 587: submission({ keywords: () => [] }) }),
    outcome: "failed",
    evidence: /no login after STARTTLS/,
  },
  {
    when: "587 offers STARTTLS and refuses it",
    world: () =>
      hostWith({
        ...goodPorts(),
        587: submission({
          override: (command) => (command === "STARTTLS" ? "454 4.7.0 not now" : undefined),
        }),
      }),
    outcome: "not-checked",
    evidence: /refused STARTTLS/,
  },
]);
