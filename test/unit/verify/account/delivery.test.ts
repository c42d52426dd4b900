import { describe, expect, it, onTestFinished, vi } from "vitest";
import { accountDelivery } from "../../../../verify/checks/account/delivery";
import { judge } from "../../../../verify/verify";
import { type Mailboxes, store } from "../support/imap-server";
import { describeCheck, subjectIn } from "../support/world";
import { account, mailHost } from "./support/mail-host";

/** Lets half a minute of waiting pass in some seconds. */
function hurry(): void {
  const now = performance.now.bind(performance);
  const since = now();
  const spy = vi.spyOn(performance, "now").mockImplementation(() => since + (now() - since) * 8);
  onTestFinished(() => spy.mockRestore());
}

/** What a server sends back in place of a message. */
function bounce(source: string): string {
  const [header = ""] = source.split("\r\n\r\n");
  return [
    "From: MAILER-DAEMON@mail.example.com",
    "Subject: Undelivered Mail Returned to Sender",
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
    "",
    "--b\r\nContent-Type: message/delivery-status\r\n",
    "Final-Recipient: rfc822; alice@example.com\r\nAction: failed\r\nStatus: 5.2.2",
    "Diagnostic-Code: smtp; 552 5.2.2 Mailbox full",
    "--b\r\nContent-Type: text/rfc822-headers\r\n",
    header,
    "--b--\r\n",
  ].join("\r\n");
}

describeCheck(accountDelivery, [
  {
    when: "the message arrives",
    world: () => mailHost(),
    outcome: "passed",
    evidence: /arrived in INBOX [\d.]+ s after/,
  },
  { when: "only port 587 is there", world: () => mailHost({ startTls: true }), outcome: "passed" },
  {
    when: "the server takes logins only by LOGIN",
    world: () => mailHost({ authMethods: ["LOGIN"] }),
    outcome: "passed",
  },
  {
    when: "it arrives among junk",
    world: () =>
      mailHost({ mailbox: "Junk", deliver: (source) => `X-Spam-Status: Yes, score=9\r\n${source}` }),
    outcome: "failed",
    evidence: /arrived in Junk.*\nx-spam-status: Yes, score=9/s,
    remedy: /authenticated/,
  },
  {
    when: "it is not there in time: late, or sorted into another folder",
    world: () => {
      hurry();
      return mailHost({ mailbox: undefined });
    },
    outcome: "not-checked",
    evidence:
      /taken \(250 queued as 4Xyz\) and was neither in INBOX nor in Junk \d+ s later.* mailserver verify [0-9a-f-]{36}/,
    remedy: /other folders.*mailq/,
  },
  {
    when: "it comes back undelivered",
    world: () => mailHost({ deliver: bounce }),
    outcome: "failed",
    evidence: /came back undelivered\.\nStatus: 5\.2\.2\nDiagnostic-Code: smtp; 552 5\.2\.2 Mailbox full$/,
    remedy: /bounce/,
  },
  {
    when: "the message is refused",
    world: () => mailHost({ refuseMessage: "5.7.1 spam" }),
    outcome: "failed",
    evidence: /refuses a message .*554 5\.7\.1 spam/s,
  },
  {
    when: "submission refuses the login that IMAP takes",
    world: () => mailHost({ refuseLogin: () => "5.7.8 no backend" }),
    outcome: "failed",
    evidence: /refuses the login for submission, which IMAP takes.*535/s,
  },
  {
    when: "the login is refused by IMAP too",
    world: () => mailHost({ account: { ...account, password: "wrong" } }),
    outcome: "not-applicable",
    evidence: /account-imap/,
  },
  {
    when: "no port for submission is open",
    world: () => mailHost({ listeners: { "192.0.2.10:465": "refused" } }),
    outcome: "not-applicable",
    evidence: /access-submissions/,
  },
  {
    when: "the server takes only logins that need more than a password",
    world: () => mailHost({ authMethods: ["XOAUTH2"] }),
    outcome: "not-checked",
    evidence: /XOAUTH2/,
  },
]);

describe("the message that is sent", () => {
  for (const [capabilities, left] of [
    ["IMAP4rev1 AUTH=PLAIN UIDPLUS NAMESPACE", 0],
    ["IMAP4rev1 AUTH=PLAIN NAMESPACE", 1],
  ] as const)
    it(`is ${left === 0 ? "deleted" : "marked as deleted where only everything marked could be removed"}`, async () => {
      const mailboxes: Mailboxes = new Map([["INBOX", []]]);
      store(mailboxes, "INBOX", "Subject: kept\r\n\r\nOf the user's own.\r\n");
      for (const message of mailboxes.get("INBOX") ?? []) message.deleted = true;
      const heard: string[] = [];
      const imap = { capabilities, hear: (command: string) => heard.push(command) };
      await judge(accountDelivery, subjectIn(await mailHost({ mailboxes, imap })));
      const [own, ...ours] = mailboxes.get("INBOX") ?? [];
      expect(own?.source).toMatch(/^Subject: kept/);
      expect(ours.map(({ deleted }) => deleted)).toEqual(Array(left).fill(true));
      expect(heard.filter((command) => command === "EXPUNGE")).toEqual([]);
    });
});
