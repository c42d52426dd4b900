import { accessSubmissions } from "../../../../verify/checks/access/submissions";
import { lineServer } from "../support/line-server";
import { describeCheck } from "../support/world";
import { goodPorts, hostWith, imap, mailZone, submission, submissions } from "./support/host";

const account = { user: "alice@example.com", password: "correct horse" };
const elsewhere = {
  "example.com MX": ["10 mx.example.net"],
  "mx.example.net A": ["192.0.2.77"],
  "_submissions._tcp.example.com SRV": ["0 1 465 mail.example.com"],
  "mail.example.com A": ["192.0.2.10"],
};

describeCheck(accessSubmissions, [
  {
    when: "465 offers a login over TLS",
    world: () => hostWith(goodPorts()),
    outcome: "passed",
    evidence: /mail\.example\.com port 465 \(192\.0\.2\.10\) .* AUTH PLAIN LOGIN/,
  },
  {
    when: "an SRV record names another host than the MX, which offers it",
    world: () => hostWith({ 465: submissions() }, { zone: elsewhere }),
    outcome: "passed",
    evidence: /mail\.example\.com port 465/,
  },
  {
    when: "only 587 is open",
    world: () => hostWith({ 587: submission(), 993: imap({ implicitTls: true }) }),
    outcome: "warning",
    evidence: /port 465 \(192\.0\.2\.10\) is closed/,
    remedy: /465.*smtpd_tls_wrappermode/,
  },
  {
    when: "only 587 is open and the firewall drops what comes for 465",
    world: () => hostWith({ 465: "timeout", 587: submission() }),
    outcome: "warning",
    evidence: /does not answer from here/,
  },
  {
    when: "neither 465 nor 587 is open, and mail is read there",
    world: () => hostWith({ 993: imap({ implicitTls: true }) }),
    outcome: "failed",
    evidence: /port 465 .* closed, and so is port 587/,
    remedy: /_submissions\._tcp\.example\.com\. SRV 0 1 465/,
  },
  {
    when: "nothing for users is open, though an account is there",
    world: () => hostWith({}, { account }),
    outcome: "failed",
  },
  {
    when: "an SRV record names a host where it is closed",
    world: () => hostWith({}, { zone: elsewhere }),
    outcome: "failed",
  },
  {
    when: "the mail host is for incoming mail only, and nothing says where users log in",
    world: () => hostWith({}),
    outcome: "warning",
    evidence: /nothing says where users log in/,
    remedy: /_imaps\._tcp\.example\.com\. SRV 0 1 993/,
  },
  {
    when: "465 and 587 time out, which may be this machine's line",
    world: () => hostWith({ 465: "timeout", 587: "timeout", 993: imap({ implicitTls: true }) }),
    outcome: "not-checked",
    remedy: /another network/,
  },
  {
    when: "the domain says that it has no submission",
    world: () =>
      hostWith(
        {},
        {
          zone: {
            ...mailZone,
            "_submissions._tcp.example.com SRV": ["0 0 0 ."],
            "_submission._tcp.example.com SRV": ["0 0 0 ."],
          },
        },
      ),
    outcome: "not-applicable",
  },
  {
    when: "465 offers no login",
    world: () => hostWith({ ...goodPorts(), 465: submissions({ keywords: () => ["PIPELINING"] }) }),
    outcome: "failed",
    evidence: /no login over TLS/,
    remedy: /smtpd_sasl_auth_enable/,
  },
  {
    when: "465 greets without TLS",
    world: () => hostWith({ ...goodPorts(), 465: submissions({ implicitTls: false }) }),
    outcome: "failed",
    evidence: /greets without TLS: 220 mail\.example\.com/,
    remedy: /wrappermode/,
  },
  {
    when: "465 turns this client away",
    world: () =>
      hostWith({
        ...goodPorts(),
        465: submissions({ override: (command) => (command === "" ? "554 5.7.1 go away" : undefined) }),
      }),
    outcome: "not-checked",
    evidence: /turns this client away: 554/,
  },
  {
    when: "465 answers with something that is neither TLS nor SMTP",
    world: () =>
      hostWith({ ...goodPorts(), 465: lineServer({ greeting: "hello", answer: () => undefined }) }),
    outcome: "not-checked",
  },
  {
    when: "the domain receives no mail",
    world: { zone: { "example.com MX": ["0 ."] } },
    outcome: "not-applicable",
  },
]);
