import { accessSubmissionOpen } from "../../../../verify/checks/access/submission-open";
import { describeCheck } from "../support/world";
import { goodPorts, hostWith, imap, submission, submissions } from "./support/host";

const taking = (recipient: (address: string) => string) => ({ override: () => undefined, recipient });
const relayDenied = "554 5.7.1 Relay access denied";

describeCheck(accessSubmissionOpen, [
  {
    when: "both ports want a login first",
    world: () => hostWith({ ...goodPorts(), 587: submission() }),
    outcome: "passed",
    evidence: /465 .*530.*\n.*587 .*530/s,
  },
  {
    when: "the sender is taken and every recipient refused",
    world: () => hostWith({ 465: submissions(taking(() => relayDenied)) }),
    outcome: "passed",
  },
  {
    when: "465 relays for everyone",
    world: () => hostWith({ ...goodPorts(), 465: submissions(taking(() => "250 2.1.5 Ok")) }),
    outcome: "failed",
    evidence: /port 465 .* open relay.*\nC: RCPT TO:<someone@example\.org>\nS: 250/s,
    remedy: /reject/,
  },
  {
    when: "587 relays for everyone",
    world: () => hostWith({ ...goodPorts(), 587: submission(taking(() => "250 2.1.5 Ok")) }),
    outcome: "failed",
    evidence: /port 587 .* open relay/,
  },
  {
    when: "it relays wherever the recipient's domain takes mail",
    world: () =>
      hostWith({
        465: submissions(
          taking((to) => (to.endsWith("example.org") ? "556 5.1.10 null MX" : "250 2.1.5 Ok")),
        ),
      }),
    outcome: "failed",
  },
  {
    when: "it takes mail for its own users from anyone",
    world: () =>
      hostWith({
        465: submissions(taking((to) => (to.endsWith("@example.com") ? "250 2.1.5 Ok" : relayDenied))),
      }),
    outcome: "warning",
    evidence: /its own users without a login/,
  },
  {
    when: "it puts everyone off",
    world: () => hostWith({ 465: submissions(taking(() => "450 4.2.0 Greylisted")) }),
    outcome: "not-checked",
    remedy: /again/,
  },
  {
    when: "mail is only read there",
    world: () => hostWith({ 993: imap({ implicitTls: true }) }),
    outcome: "not-applicable",
  },
]);
