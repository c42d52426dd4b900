import { smtpUnknownUser } from "../../../../verify/checks/smtp/unknown-user";
import { describeCheck } from "../support/world";
import { mailHost } from "./support/world";

const says = (reply: string) =>
  mailHost({ recipient: (address) => (address.startsWith("nosuchuser") ? reply : "250 2.1.5 Ok") });

describeCheck(smtpUnknownUser, [
  {
    when: "users who do not exist are refused",
    world: mailHost(),
    outcome: "passed",
    evidence: /550 5\.1\.1/,
  },
  {
    when: "everybody is taken",
    world: says("250 2.1.5 Ok"),
    outcome: "warning",
    evidence: /nosuchuser[0-9a-f]{10}@example\.com/,
    remedy: /550 5\.1\.1/,
  },
  { when: "it is put off", world: says("450 4.2.0 Greylisted"), outcome: "not-checked" },
  {
    when: "the server hangs up on it",
    world: mailHost({
      recipient: (address, session) => {
        if (!address.startsWith("nosuchuser")) return "250 2.1.5 Ok";
        session.close();
        return "";
      },
    }),
    outcome: "not-checked",
    evidence: /closed the connection/,
  },
]);
