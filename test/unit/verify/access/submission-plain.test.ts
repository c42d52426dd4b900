import { accessSubmissionPlain } from "../../../../verify/checks/access/submission-plain";
import { describeCheck } from "../support/world";
import { goodPorts, hostWith, submission } from "./support/host";

/** Says nothing of a login before TLS, and answers AUTH PLAIN so. */
const answering = (reply: string) =>
  submission({
    override: (command, { secure }) => (!secure && command === "AUTH PLAIN" ? reply : undefined),
  });

describeCheck(accessSubmissionPlain, [
  ...[
    "530 5.7.0 Must issue a STARTTLS command first",
    "538 5.7.11 Encryption required",
    "502 5.5.1 no",
    "503 5.5.1 no",
  ].map((reply) => ({
    when: `587 answers AUTH before TLS with ${reply.slice(0, 3)}`,
    world: () => hostWith({ ...goodPorts(), 587: answering(reply) }),
    outcome: "passed" as const,
  })),
  {
    when: "587 offers AUTH before TLS",
    world: () => hostWith({ ...goodPorts(), 587: submission({ keywords: () => ["AUTH PLAIN"] }) }),
    outcome: "failed",
    evidence: /offers AUTH PLAIN before TLS/,
    remedy: /smtpd_tls_auth_only/,
  },
  {
    when: "587 takes AUTH before TLS without offering it",
    world: () => hostWith({ ...goodPorts(), 587: answering("334 ") }),
    outcome: "failed",
    evidence: /and takes one/,
  },
  { when: "587 is closed", world: () => hostWith(goodPorts()), outcome: "not-applicable" },
]);
