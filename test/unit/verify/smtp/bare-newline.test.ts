import { smtpBareNewline } from "../../../../verify/checks/smtp/bare-newline";
import { describeCheck } from "../support/world";
import { mailHost } from "./support/world";

const greylists = { recipient: () => "450 4.2.0 Greylisted" };

describeCheck(smtpBareNewline, [
  { when: "a command needs CRLF", world: mailHost(), outcome: "passed", evidence: /does not take/ },
  {
    when: "a command that ends with LF is refused",
    world: mailHost({
      bareNewlines: true,
      override: (command, { end }) =>
        command === "NOOP" && end === "\n" ? "550 5.5.2 bare <LF> received" : undefined,
    }),
    outcome: "passed",
    evidence: /does not take/,
  },
  {
    when: "a command may end with LF and a message may not, as Postfix normalizes",
    world: mailHost({ bareNewlines: true }),
    outcome: "passed",
    evidence: /no harm/,
  },
  {
    when: "a message may end with LF too, which another check tells",
    world: mailHost({ bareNewlines: true, falseEnds: ["\n.\n"] }),
    outcome: "not-applicable",
    evidence: /smtp-smuggling/,
  },
  {
    when: "a command may end with LF, and what ends a message is not to be found out",
    world: mailHost({ bareNewlines: true, ...greylists }),
    outcome: "warning",
    evidence: /250 2\.0\.0 Ok\n.*could not be found out:\n.*Greylisted/s,
    remedy: /smtpd_forbid_bare_newline/,
  },
  {
    when: "a command needs CRLF and strangers are greylisted",
    world: mailHost(greylists),
    outcome: "passed",
  },
]);
