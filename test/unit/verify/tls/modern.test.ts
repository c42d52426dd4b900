import { tlsModern } from "../../../../verify/checks/tls/modern";
import { lax, mailHost } from "../support/tls-server";
import { describeCheck } from "../support/world";

describeCheck(tlsModern, [
  { when: "every port has TLS 1.3", world: () => mailHost(), outcome: "passed" },
  {
    when: "the IMAP server stops at TLS 1.2",
    world: () => mailHost({}, { 993: { maxVersion: "TLSv1.2" } }),
    outcome: "warning",
    evidence: /on port 993 has TLS 1\.2 as its best/,
    remedy: /Dovecot/,
  },
  {
    when: "no port has even TLS 1.2, which is another check's",
    world: () => mailHost({ ...lax, maxVersion: "TLSv1.1" }),
    outcome: "not-applicable",
  },
]);
