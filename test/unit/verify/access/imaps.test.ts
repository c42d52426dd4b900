import { accessImaps } from "../../../../verify/checks/access/imaps";
import { describeCheck } from "../support/world";
import { goodPorts, hostWith, imap, mailZone, submissions } from "./support/host";

describeCheck(accessImaps, [
  {
    when: "993 takes logins over TLS",
    world: () => hostWith(goodPorts()),
    outcome: "passed",
    evidence: /port 993 .*AUTH=PLAIN/,
  },
  { when: "993 is closed", world: () => hostWith({ 465: submissions() }), outcome: "failed", remedy: /993/ },
  {
    when: "the domain says that it has no IMAP",
    world: () =>
      hostWith({ 465: submissions() }, { zone: { ...mailZone, "_imaps._tcp.example.com SRV": ["0 0 0 ."] } }),
    outcome: "not-applicable",
  },
  {
    when: "993 times out, which may be this machine's line",
    world: () => hostWith({ 465: submissions(), 993: "timeout" }),
    outcome: "not-checked",
    remedy: /993/,
  },
  {
    when: "993 takes no login although it is over TLS",
    world: () =>
      hostWith({ ...goodPorts(), 993: imap({ implicitTls: true, capabilities: "IMAP4rev1 LOGINDISABLED" }) }),
    outcome: "failed",
    evidence: /takes no login/,
  },
  {
    when: "993 greets without TLS",
    world: () => hostWith({ ...goodPorts(), 993: imap() }),
    outcome: "failed",
    evidence: /without TLS: \* OK ready/,
  },
  {
    when: "993 greets without end",
    world: () =>
      hostWith({ ...goodPorts(), 993: imap({ implicitTls: true, greeting: "* OK".repeat(100_000) }) }),
    outcome: "not-checked",
    evidence: /line without an end|more than can be meant/,
  },
  { when: "no port for users is open", world: () => hostWith({}), outcome: "not-applicable" },
]);
