import { accessImapPlain } from "../../../../verify/checks/access/imap-plain";
import { lineServer } from "../support/line-server";
import { describeCheck } from "../support/world";
import { goodPorts, hostWith, imap } from "./support/host";

const with143 = (server: () => ReturnType<typeof imap>) => () => hostWith({ ...goodPorts(), 143: server() });

describeCheck(accessImapPlain, [
  {
    when: "143 is closed",
    world: () => hostWith(goodPorts()),
    outcome: "passed",
    evidence: /143 .* is closed/,
  },
  {
    when: "143 is dropped by the firewall",
    world: () => hostWith({ ...goodPorts(), 143: "timeout" }),
    outcome: "passed",
    evidence: /does not answer/,
  },
  {
    when: "143 refuses logins before STARTTLS",
    world: with143(() => imap()),
    outcome: "passed",
    evidence: /LOGINDISABLED/,
  },
  {
    when: "143 takes logins before TLS",
    world: with143(() => imap({ capabilities: "IMAP4rev1 STARTTLS AUTH=PLAIN" })),
    outcome: "failed",
    evidence: /takes passwords before TLS/,
    remedy: /auth_allow_cleartext = no/,
  },
  {
    when: "143 says LOGINDISABLED and offers AUTH=PLAIN all the same",
    world: with143(() => imap({ capabilities: "IMAP4rev1 STARTTLS LOGINDISABLED AUTH=PLAIN" })),
    outcome: "failed",
    evidence: /AUTH=PLAIN before TLS/,
  },
  {
    when: "143 takes every stranger as logged in",
    world: with143(() => imap({ greeting: "* PREAUTH welcome" })),
    outcome: "failed",
    evidence: /stranger/,
  },
  { when: "143 turns everyone away", world: with143(() => imap({ greeting: "* BYE" })), outcome: "passed" },
  {
    when: "the host is for incoming mail only and has just 143 open, in plain text",
    world: () => hostWith({ 143: imap({ capabilities: "IMAP4rev1" }) }),
    outcome: "failed",
  },
  { when: "no port for users is open", world: () => hostWith({}), outcome: "not-applicable" },
  {
    when: "nothing of the host answers, though it should",
    world: () =>
      hostWith(
        { 465: "timeout", 587: "timeout", 993: "timeout", 143: "timeout" },
        { account: { user: "alice@example.com", password: "correct horse" } },
      ),
    outcome: "not-checked",
  },
  {
    when: "143 sends capabilities without end",
    world: with143(() => lineServer({ greeting: "* OK", answer: () => "* CAPABILITY X\r\n".repeat(100) })),
    outcome: "not-checked",
    evidence: /does not speak IMAP/,
  },
]);
