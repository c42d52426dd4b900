import { smtpExtensions } from "../../../../verify/checks/smtp/extensions";
import { describeCheck } from "../support/world";
import { mailHost, secureMailHost } from "./support/world";

describeCheck(smtpExtensions, [
  {
    when: "the usual ones are offered",
    world: mailHost(),
    outcome: "passed",
    evidence: /8BITMIME, PIPELINING/,
  },
  {
    when: "they are offered inside TLS only",
    world: secureMailHost({ keywords: ({ secure }) => (secure ? ["PIPELINING", "8BITMIME"] : []) }),
    outcome: "passed",
  },
  {
    when: "a firewall takes them away",
    world: mailHost({ keywords: () => ["SIZE 52428800", "XXXXXXXA"] }),
    outcome: "warning",
    evidence: /does not offer 8BITMIME and PIPELINING/,
    remedy: /firewall/,
  },
  {
    when: "8BITMIME is missing",
    world: mailHost({ keywords: () => ["PIPELINING"] }),
    outcome: "warning",
    evidence: /does not offer 8BITMIME\./,
  },
]);
