import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../system/support/cloud";
import type { Login } from "../system/support/imap";
import { delivered, fieldsOf } from "./support/delivered";
import { imap, subjects } from "./support/imap";
import { accepted, deliver, submit } from "./support/send";
import { local } from "./support/server";
import { filter, sieveConnect } from "./support/sieve";
import { send } from "./support/smtp";
import { people } from "./support/stack";

const { sieve: user, bob, junk } = people;

const script = `
require ["fileinto", "imap4flags", "envelope", "subaddress", "mailbox", "vacation", "copy", "body", "variables"];
if header :contains "Subject" "forward" { redirect :copy "${bob.user}"; }
if header :contains "Subject" "scatter" {
    redirect "a@peer.test"; redirect "b@peer.test"; redirect "c@peer.test"; redirect "d@peer.test"; redirect "e@peer.test";
}
if envelope :detail "to" "news" { addflag "\\\\Seen"; fileinto :create "Lists/News"; stop; }
if header :contains "Subject" "holiday" { vacation :days 1 :subject "Away until Monday" "I am away."; }
`;

const inFolder = (folder: string, subject: string, login: Login = user) =>
  eventually(
    () => subjects(login, folder).then((all) => all.filter((one) => one === subject).length),
    (count) => count > 0,
  );

describe("a user's own filter", () => {
  beforeAll(async () => {
    await filter(user, script);
    for (const login of [user, junk]) await imap(login, ["mailboxOpen", "INBOX"], ["messageDelete", "1:*"]);
  });

  it("is listed as the active one to sieve-connect, over TLS with a certificate that verifies", async () => {
    const { code, stdout, stderr } = await sieveConnect(user, ["list"]);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/"filter\.sieve" ACTIVE/);
  });

  it("is refused with the line when it is no Sieve, and the one before stays", async () => {
    const wrong = await sieveConnect(user, ["upload wrong.sieve"], { "wrong.sieve": 'fileinto "Junk";\n' });
    expect(`${wrong.stdout}${wrong.stderr}`).toMatch(/line 1: error: unknown command 'fileinto'/);
    expect((await sieveConnect(user, ["list"])).stdout).toMatch(/"filter\.sieve" ACTIVE/);
  });

  it("may not start programs", async () => {
    const pipe = 'require "vnd.dovecot.pipe";\npipe "learn-spam";\n';
    const { stdout, stderr } = await sieveConnect(user, ["upload pipe.sieve"], { "pipe.sieve": pipe });
    expect(`${stdout}${stderr}`).toMatch(/error: .*vnd\.dovecot\.pipe/);
  });

  it("files mail by the detail of its address into a folder that it makes, already read", async () => {
    const subject = randomUUID();
    await accepted(deliver("sieve+news@example.test", subject));
    expect(await inFolder("Lists/News", subject)).toBe(1);
    const [, found] = await imap(user, ["mailboxOpen", "Lists/News"], ["search", { seen: true, subject }]);
    expect(found).toHaveLength(1);
  });

  it("sends a copy on to another", async () => {
    const subject = `forward ${randomUUID()}`;
    await accepted(deliver(user.user, subject));
    expect(await inFolder("INBOX", subject)).toBe(1);
    expect(await inFolder("INBOX", subject, bob)).toBe(1);
  });

  it("signs what it sends for its users, but not what a filter sends on, whoever that says it is from", async () => {
    // As the filter does it: to Postfix, on the host itself.
    const signed = async (subject: string, ...fields: readonly string[]) => {
      const message = [`From: alice@example.test`, `Subject: ${subject}`, ...fields, "", "Hello"].join("\n");
      const sent = await local.on("mx1", ["sendmail", "-f", user.user, bob.user], { input: message });
      expect(sent.code, sent.stderr).toBe(0);
      return fieldsOf(await delivered(subject)).some((field) => field.startsWith("dkim-signature:"));
    };
    const subject = `forward ${randomUUID()}`;
    await accepted(deliver(user.user, subject));
    const mark = fieldsOf(await delivered(subject)).find((field) =>
      field.startsWith("x-sieve-redirected-from"),
    );
    expect(mark).toContain(user.user);
    expect(await signed(randomUUID())).toBe(true);
    expect(await signed(randomUUID(), mark ?? "")).toBe(false);
  });

  it("can't send one message on to more than four", async () => {
    const subject = `scatter ${randomUUID()}`;
    await accepted(deliver(user.user, subject));
    // What can't be done as a whole is not done at all: the message is kept.
    expect(await inFolder("INBOX", subject)).toBe(1);
  });

  it("answers a person that the user is away, once", async () => {
    const subject = `holiday ${randomUUID()}`;
    for (const part of ["first", "second"]) await accepted(submit(bob, user.user, `${subject} ${part}`));
    expect(await inFolder("INBOX", `${subject} second`)).toBe(1);
    expect(await inFolder("INBOX", "Away until Monday", bob)).toBe(1);
  });

  it.each([
    ["a mailing list", ["List-Id: <list.peer.test>"]],
    ["a program", ["Auto-Submitted: auto-generated"]],
    ["bulk mail", ["Precedence: bulk"]],
  ])("does not answer %s", async (_, [header = ""]) => {
    const subject = `holiday ${randomUUID()}`;
    // Its sender would find an answer in the same folder as the answer to the message after it.
    await accepted(submit(junk, user.user, subject, "--header", header));
    expect(await inFolder("INBOX", subject)).toBe(1);
    expect(await subjects(junk)).not.toContain("Away until Monday");
  });

  it("does not answer the user's own mail", async () => {
    const subject = `holiday ${randomUUID()}`;
    await accepted(submit(user, user.user, subject));
    expect(await inFolder("INBOX", subject)).toBe(1);
    expect(await subjects(user)).not.toContain("Away until Monday");
  });
});

describe("mail that Rspamd takes for spam", () => {
  it("goes to Junk before the user's filter sees it", async () => {
    const subject = `HOLIDAY BARGAIN ${randomUUID().toUpperCase()}`;
    // Without an id and an addressee, and 25 years late, loud: more than enough to be marked, too little to be refused.
    const fields = ["From: someone@peer.test", `Subject: ${subject}`, "Date: Mon, 1 Jan 2001 00:00:00 +0000"];
    const spam = [...fields, "Content-Transfer-Encoding: 7bit", "", "Buy now, für you.", ""].join("\r\n");
    const envelope = { from: "someone@peer.test", to: "sieve+news@example.test" };
    expect(await send(spam, envelope)).toMatch(/^250 /);
    expect(await inFolder("Junk", subject)).toBe(1);
    expect(await subjects(user, "Lists/News")).not.toContain(subject);
  });
});

describe("ManageSieve on 4190", () => {
  it("takes no login before TLS", async () => {
    const { stdout } = await local.internet(
      ["curl", "--silent", "--max-time", "5", `telnet://${user.host}:4190`],
      {
        input: `AUTHENTICATE "PLAIN" "${Buffer.from(`\0${user.user}\0${user.password}`).toString("base64")}"\r\n`,
      },
    );
    expect(stdout).toMatch(/^"SASL" ""\r$/m);
    expect(stdout).toMatch(/^"STARTTLS"\r$/m);
    expect(stdout).toMatch(/^NO .*TLS/m);
  });

  it("refuses a wrong password", async () => {
    const { code, stdout, stderr } = await sieveConnect({ ...user, password: "wrong" }, ["list"]);
    expect(code, stdout).not.toBe(0);
    expect(stderr).toMatch(/authentication/i);
  });

  it("is where the domain's SRV record sends mail programs", async () => {
    const { stdout } = await local.internet(["dig", "+short", "_sieve._tcp.example.test", "SRV"]);
    expect(stdout.trim()).toBe(`0 1 4190 ${user.host}.`);
  });
});
