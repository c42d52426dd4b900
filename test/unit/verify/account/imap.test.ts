import { accountImap } from "../../../../verify/checks/account/imap";
import { describeCheck } from "../support/world";
import { account, mailHost } from "./support/mail-host";

describeCheck(accountImap, [
  {
    when: "the login works",
    world: () => mailHost(),
    outcome: "passed",
    evidence: /alice@example\.com logged in at mail\.example\.com port 993 in [\d.]+ s; INBOX has 0 messages/,
  },
  {
    when: "the password is wrong",
    world: () => mailHost({ account: { ...account, password: "wrong" } }),
    outcome: "failed",
    evidence: /refuses the login of alice@example\.com: Authentication failed/,
    remedy: /doveadm auth test/,
  },
  { when: "no account is given", world: () => mailHost({ account: undefined }), outcome: "not-applicable" },
  {
    when: "the account is of another domain",
    world: () => mailHost({ account: { ...account, user: "alice@example.net" } }),
    outcome: "not-applicable",
    evidence: /another domain/,
  },
  {
    when: "port 993 is closed",
    world: () => mailHost({ listeners: { "192.0.2.10:993": "refused" } }),
    outcome: "not-applicable",
    evidence: /access-imaps/,
  },
  {
    when: "port 993 does not answer",
    world: () => mailHost({ listeners: { "192.0.2.10:993": "timeout" } }),
    outcome: "not-checked",
  },
  {
    when: "the certificate is for another name",
    world: () => mailHost({ certificateName: "other.example.com" }),
    outcome: "not-checked",
    evidence: /The password was not sent: .* port 993 is not trusted/,
  },
]);
