import { smtpPostmaster } from "../../../../verify/checks/smtp/postmaster";
import { describeCheck } from "../support/world";
import { mailHost, secureMailHost } from "./support/world";

const unknown = "550 5.1.1 User unknown";
const takes =
  (...addresses: readonly string[]) =>
  (address: string) =>
    addresses.includes(address) ? "250 2.1.5 Ok" : unknown;

describeCheck(smtpPostmaster, [
  {
    when: "both forms are taken",
    world: mailHost({ recipient: takes("postmaster@example.com", "postmaster") }),
    outcome: "passed",
  },
  {
    when: "nobody is postmaster",
    world: mailHost({ recipient: takes("abuse@example.com", "postmaster") }),
    outcome: "failed",
    evidence: /550 5\.1\.1/,
    remedy: /postmaster@example\.com an alias/,
  },
  {
    when: "postmaster without a domain is refused",
    world: mailHost({ recipient: takes("postmaster@example.com") }),
    outcome: "warning",
    evidence: /RCPT TO:<postmaster>: 550/,
  },
  {
    when: "the server takes mail inside TLS only",
    world: secureMailHost({
      recipient: takes("postmaster@example.com", "postmaster"),
      override: (command, { secure }) =>
        command.startsWith("MAIL") && !secure ? "530 5.7.0 Must issue a STARTTLS command first" : undefined,
    }),
    outcome: "passed",
  },
  {
    when: "the domain's mail is not taken at all",
    world: mailHost({ recipient: () => "554 5.7.1 Relay access denied" }),
    outcome: "not-applicable",
  },
  {
    when: "strangers are greylisted",
    world: mailHost({ recipient: () => "451 4.7.1 Greylisting in action" }),
    outcome: "not-checked",
    evidence: /Greylisting/,
  },
]);
