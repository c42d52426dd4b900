import { smtpNullSender } from "../../../../verify/checks/smtp/null-sender";
import { describeCheck } from "../support/world";
import { mailHost } from "./support/world";

const toNull = (reply: string) =>
  mailHost({ override: (command) => (command === "MAIL FROM:<>" ? reply : undefined) });

describeCheck(smtpNullSender, [
  { when: "bounces are taken", world: mailHost(), outcome: "passed" },
  {
    when: "the null sender is refused",
    world: toNull("550 5.7.1 Empty sender not allowed"),
    outcome: "failed",
    evidence: /MAIL FROM:<>: 550 5\.7\.1 Empty/,
    remedy: /MAIL FROM:<>/,
  },
  {
    when: "the null sender is refused with the recipient",
    world: mailHost({
      override: (command, { state }) => {
        if (command.startsWith("MAIL")) state.sender = command;
        return command.startsWith("RCPT") && state.sender === "MAIL FROM:<>"
          ? "550 5.7.1 Bounces are not wanted here"
          : undefined;
      },
    }),
    outcome: "failed",
    evidence: /from another.*\n.*550 5\.7\.1 Bounces.*\n.*250/,
  },
  {
    when: "every sender is refused but those of clients with a name",
    world: mailHost({
      override: (command) => (command.startsWith("MAIL") ? "550 5.7.1 Who are you" : undefined),
    }),
    outcome: "not-checked",
    evidence: /Who are you/,
  },
  { when: "it is put off", world: toNull("451 4.3.0 Try later"), outcome: "not-checked", evidence: /451/ },
  {
    when: "postmaster does not exist",
    world: mailHost({ recipient: () => "550 5.1.1 User unknown" }),
    outcome: "passed",
  },
]);
