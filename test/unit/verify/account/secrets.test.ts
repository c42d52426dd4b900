import { describe, expect, it } from "vitest";
import { account as accountChecks } from "../../../../verify/checks/account";
import { judge } from "../../../../verify/verify";
import { subjectIn } from "../support/world";
import { account, type MailHost, mailHost } from "./support/mail-host";

const { user, password } = account;
const sent = [
  password,
  Buffer.from(password).toString("base64"),
  Buffer.from(`\0${user}\0${password}`).toString("base64"),
];
/** A server that says whatever it was told in everything that it says. */
const told = sent.join(" ");

const hosts: Readonly<Record<string, MailHost>> = {
  "is as it should be": {},
  "knows only LOGIN": { authMethods: ["LOGIN"] },
  "repeats the password where IMAP refuses it": {
    imap: { broken: true, refusal: `NO [AUTHENTICATIONFAILED] ${told} is wrong` },
  },
  "repeats the password where IMAP breaks off": { imap: { broken: true, refusal: `BAD ${told}` } },
  "repeats the password where submission refuses it": { refuseLogin: () => `no user with ${told}` },
  "repeats the password where it refuses the message": { refuseMessage: told },
  "repeats the password where it refuses a sender": {
    refuseSender: (address) => (address === user ? undefined : `5.7.1 ${told}`),
  },
  "notes the password in the message": {
    deliver: (source) => `X-Mailer: ${told}\r\n${source}`,
    mailbox: "Junk",
  },
};

describe("the password", () => {
  for (const [what, host] of Object.entries(hosts))
    it(`is in nothing that the checks say of a host that ${what}`, async () => {
      const subject = subjectIn(await mailHost(host));
      const findings = JSON.stringify(await Promise.all(accountChecks.map((check) => judge(check, subject))));
      for (const secret of sent) expect(findings).not.toContain(secret);
    });
});
