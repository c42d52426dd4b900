import { smtpBareNewline } from "../../../../verify/checks/smtp/bare-newline";
import { describeCheck } from "../support/world";
import { mailHost } from "./support/world";

const greylists = { recipient: () => "450 4.2.0 Greylisted" };

describeCheck(smtpBareNewline, [
  { when: "a command needs CRLF", world: mailHost(), outcome: "passed", evidence: /nothing but CRLF/ },
  {
    when: "a command that ends with LF is refused",
    world: mailHost({
      bareNewlines: true,
      override: (command, { end }) =>
        command === "RSET" && end !== "\r\n" ? "550 5.5.2 bare <LF> received" : undefined,
    }),
    outcome: "passed",
    evidence: /nothing but CRLF/,
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
    outcome: "not-checked",
    evidence: /takes LF alone.*could not be found out.*Greylisted/s,
    remedy: /again/,
  },
  {
    when: "a command may end with CR",
    world: mailHost({ commandEnds: /\r\n|\r/ }),
    outcome: "warning",
    evidence: /takes CR alone/,
    remedy: /CRLF only/,
  },
  {
    when: "whatever looks like the end of a line ends a command",
    world: mailHost({ commandEnds: /\r\n|\r|\n/ }),
    outcome: "warning",
    evidence: /takes LF and CR alone/,
  },
  {
    when: "a command needs CRLF and strangers are greylisted",
    world: mailHost(greylists),
    outcome: "passed",
  },
  {
    when: "the server hangs up on it",
    world: mailHost({
      commandEnds: /\r\n|\r|\n/,
      override: (_command, session) => {
        if (session.end === "\r\n") return undefined;
        session.write("521 5.5.2 bare <LF> received\r\n");
        session.close();
        return undefined;
      },
    }),
    outcome: "passed",
  },
]);
