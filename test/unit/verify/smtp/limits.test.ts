import { smtpLimits } from "../../../../verify/checks/smtp/limits";
import { describeCheck } from "../support/world";
import { mailHost } from "./support/world";

const long = (command: string) => command.length > 512;

describeCheck(smtpLimits, [
  {
    when: "a long command is refused",
    world: mailHost({ override: (command) => (long(command) ? "500 5.5.2 Line too long" : undefined) }),
    outcome: "passed",
    evidence: /500 5\.5\.2/,
  },
  {
    when: "the server hangs up on a long command",
    world: mailHost({
      override: (command, session) => {
        if (!long(command)) return undefined;
        session.close();
        return "";
      },
    }),
    outcome: "passed",
    evidence: /hangs up/,
  },
  {
    when: "commands may be of any length",
    world: mailHost(),
    outcome: "warning",
    evidence: /accepts a sender's/,
  },
]);
