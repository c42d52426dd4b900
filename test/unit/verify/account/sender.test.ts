import { accountSender } from "../../../../verify/checks/account/sender";
import { describeCheck } from "../support/world";
import { account, mailHost } from "./support/mail-host";

const mismatch = "5.7.1 Sender address rejected: not owned by user";
const own = [account.user, "postmaster@example.com"];

describeCheck(accountSender, [
  {
    when: "other addresses are refused",
    world: () => mailHost(),
    outcome: "passed",
    evidence: /refuses postmaster@example\.com as sender of alice@example\.com: 553 5\.7\.1/,
  },
  {
    when: "any sender is taken",
    world: () => mailHost({ refuseSender: () => undefined }),
    outcome: "warning",
    evidence: /takes postmaster@example\.com as sender/,
    remedy: /reject_sender_login_mismatch/,
  },
  {
    when: "the postmaster's address is the account's too, and others are refused",
    world: () => mailHost({ refuseSender: (address) => (own.includes(address) ? undefined : mismatch) }),
    outcome: "passed",
    evidence: /refuses nobody-[0-9a-f]{8}@example\.com/,
  },
  {
    when: "the account is the postmaster's, and others are refused",
    world: () =>
      mailHost({
        account: { ...account, user: "postmaster@example.com" },
        imap: { user: "postmaster@example.com" },
        refuseLogin: () => "",
        refuseSender: (address) => (own.includes(address) ? undefined : mismatch),
      }),
    outcome: "passed",
    evidence: /refuses nobody-/,
  },
  {
    when: "the login is refused",
    world: () => mailHost({ account: { ...account, password: "wrong" } }),
    outcome: "not-applicable",
  },
  { when: "no account is given", world: () => mailHost({ account: undefined }), outcome: "not-applicable" },
]);
