import { smtpStarttlsInjection } from "../../../../verify/checks/smtp/starttls-injection";
import { describeCheck } from "../support/world";
import { mailHost, secureMailHost } from "./support/world";

describeCheck(smtpStarttlsInjection, [
  {
    when: "what comes with STARTTLS is forgotten",
    world: secureMailHost(),
    outcome: "passed",
    evidence: /forgets/,
  },
  {
    when: "what comes with STARTTLS is carried out inside TLS",
    world: secureMailHost({ keepsPlaintext: true }),
    outcome: "failed",
    evidence: /is answered "250 2\.0\.0 Ok"/,
    remedy: /Update/,
  },
  {
    when: "the server hangs up on it",
    world: secureMailHost({
      override: (command, session) => {
        if (command !== "NOOP") return undefined;
        session.close();
        return "";
      },
      keepsPlaintext: true,
    }),
    outcome: "passed",
    evidence: /breaks off/,
  },
  { when: "there is no STARTTLS", world: mailHost(), outcome: "not-applicable" },
]);
