import { smtpVrfy } from "../../../../verify/checks/smtp/vrfy";
import { describeCheck } from "../support/world";
import { mailHost } from "./support/world";

const says = (reply: string) =>
  mailHost({ override: (command) => (command.startsWith("VRFY ") ? reply : undefined) });

describeCheck(smtpVrfy, [
  { when: "the server does not know it", world: mailHost(), outcome: "passed", evidence: /502/ },
  { when: "the server refuses it", world: says("550 5.7.1 Not for you"), outcome: "passed", evidence: /550/ },
  {
    when: "the server does not commit itself",
    world: says("252 2.0.0 postmaster@example.com"),
    outcome: "passed",
    evidence: /252/,
  },
  {
    when: "the server does not commit itself, but refuses who is not there, as Postfix does",
    world: mailHost({
      override: (command) => {
        if (!command.startsWith("VRFY ")) return undefined;
        return command.includes("postmaster") ? "252 2.0.0 postmaster" : "550 5.1.1 User unknown";
      },
    }),
    outcome: "warning",
    evidence: /252 2\.0\.0 postmaster\n.*550 5\.1\.1/,
    remedy: /disable_vrfy_command/,
  },
  {
    when: "the server tells",
    world: says("250 Alice <alice@example.com>"),
    outcome: "warning",
    evidence: /250 Alice <alice@example\.com>/,
    remedy: /Switch it off/,
  },
]);
