import { smtpAuth } from "../../../../verify/checks/smtp/auth";
import { describeCheck } from "../support/world";
import { mailHost, secureMailHost } from "./support/world";

describeCheck(smtpAuth, [
  { when: "there is no login on port 25", world: secureMailHost(), outcome: "passed", evidence: /no AUTH/ },
  {
    when: "there is one inside TLS only",
    world: secureMailHost({ keywords: ({ secure }) => (secure ? ["AUTH PLAIN LOGIN"] : []) }),
    outcome: "passed",
    evidence: /inside TLS only/,
  },
  {
    when: "a password can be sent in the clear",
    world: secureMailHost({ keywords: () => ["AUTH PLAIN LOGIN"] }),
    outcome: "failed",
    evidence: /AUTH PLAIN LOGIN/,
    remedy: /smtpd_tls_auth_only/,
  },
  {
    when: "it is offered in the way of ancient clients",
    world: mailHost({ keywords: () => ["AUTH=LOGIN"] }),
    outcome: "failed",
    evidence: /AUTH LOGIN/,
  },
  {
    when: "only a challenge and its response are offered in the clear",
    world: mailHost({ keywords: () => ["AUTH CRAM-MD5 SCRAM-SHA-256"] }),
    outcome: "warning",
    evidence: /CRAM-MD5/,
  },
]);
