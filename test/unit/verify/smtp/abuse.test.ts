import { smtpAbuse } from "../../../../verify/checks/smtp/abuse";
import { describeCheck } from "../support/world";
import { mailHost } from "./support/world";

const says = (reply: string) =>
  mailHost({
    recipient: (address) => (address.startsWith("abuse@") ? reply : "250 2.1.5 Ok"),
  });

describeCheck(smtpAbuse, [
  { when: "mail to it is taken", world: mailHost(), outcome: "passed", evidence: /abuse@example\.com/ },
  {
    when: "nobody has it",
    world: says("550 5.1.1 User unknown"),
    outcome: "warning",
    evidence: /550 5\.1\.1/,
    remedy: /abuse@example\.com an alias/,
  },
  {
    when: "it is put off",
    world: says("450 4.2.0 Greylisted"),
    outcome: "not-checked",
    evidence: /Greylisted/,
  },
  {
    when: "the domain's mail is not taken at all",
    world: mailHost({ recipient: () => "550 relay not permitted" }),
    outcome: "not-applicable",
  },
]);
