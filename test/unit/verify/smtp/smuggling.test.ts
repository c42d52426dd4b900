import { describe, expect, it } from "vitest";
import { smtpSmuggling } from "../../../../verify/checks/smtp/smuggling";
import { falseEnds, spelled } from "../../../../verify/smtp/smuggling";
import { judge } from "../../../../verify/verify";
import { smtpServer } from "../support/smtp-server";
import { describeCheck, subjectIn } from "../support/world";
import { at, mailHost } from "./support/world";

describeCheck(smtpSmuggling, [
  { when: "only CRLF.CRLF ends a message", world: mailHost(), outcome: "passed", evidence: /none of 12/ },
  {
    when: "commands may end with LF, and messages only with CRLF.CRLF, as Postfix normalizes",
    world: mailHost({ bareNewlines: true }),
    outcome: "passed",
  },
  {
    when: "several do",
    world: mailHost({ falseEnds: ["\n.\n", "\n.\r\n", "\r\n.\n"] }),
    outcome: "failed",
    evidence: /takes <LF>\.<LF>, <LF>\.<CR><LF>, <CR><LF>\.<LF> for/,
    remedy: /smtpd_forbid_bare_newline/,
  },
  {
    when: "the message that ended too early is then refused as spam",
    world: mailHost({
      falseEnds: ["\n.\n"],
      override: (command) => (command === "." ? "550 5.7.1 Looks like spam" : undefined),
    }),
    outcome: "failed",
    evidence: /550 5\.7\.1 Looks like spam, and then takes commands/,
  },
  {
    when: "a line feed of its own ends the session",
    world: mailHost({
      falseEnds: ["\n"],
      override: (command, session) => {
        if (command !== ".") return undefined;
        session.write("550 5.5.2 Bare LF received\r\n");
        session.close();
        return "";
      },
    }),
    outcome: "passed",
  },
  {
    when: "strangers are greylisted",
    world: mailHost({ recipient: () => "450 4.2.0 Greylisted" }),
    outcome: "not-checked",
    evidence: /Greylisted/,
  },
  {
    when: "nobody is postmaster, and the message goes to abuse",
    world: mailHost({
      falseEnds: ["\n.\n"],
      recipient: (address) => (address.startsWith("abuse@") ? "250 2.1.5 Ok" : "550 5.1.1 User unknown"),
    }),
    outcome: "failed",
    evidence: /abuse@example\.com may find/,
  },
  {
    when: "the server trusts this client with everything, which another check tells",
    world: mailHost({ falseEnds: ["\n.\n"], recipient: () => "250 2.1.5 Ok" }),
    outcome: "not-applicable",
    evidence: /smtp-relay/,
  },
  {
    when: "the server takes one message a client, and that one ended too early",
    world: async () => {
      let messages = 0;
      return at(
        await smtpServer({
          falseEnds: ["\n.\n"],
          override: (command) =>
            command === "DATA" && ++messages > 1 ? "451 4.7.0 Too many messages" : undefined,
        }),
      );
    },
    outcome: "failed",
    evidence: /takes one of <LF>\.<LF>, /,
  },
  {
    when: "nobody is postmaster or anybody",
    world: mailHost({ recipient: () => "550 5.1.1 User unknown" }),
    outcome: "not-checked",
    evidence: /RCPT TO:<postmaster@example\.com>: 550/,
  },
  {
    when: "no message is wanted",
    world: mailHost({ override: (command) => (command === "DATA" ? "554 5.7.1 Not today" : undefined) }),
    outcome: "not-checked",
    evidence: /Not today/,
  },
  {
    when: "the domain's mail is not taken at all",
    world: mailHost({ recipient: () => "554 5.7.1 Relay access denied" }),
    outcome: "not-applicable",
  },
]);

describe("the false ends", () => {
  it("are each found out", async () => {
    const findings = await Promise.all(
      falseEnds.map(async (end) =>
        judge(smtpSmuggling, subjectIn(at(await smtpServer({ falseEnds: [end] })))),
      ),
    );
    expect(findings.map(({ outcome }) => outcome)).toEqual(falseEnds.map(() => "failed"));
    // One that ends with another is taken too, so that there may be more than the one.
    for (const [index, end] of falseEnds.entries())
      expect(findings[index]?.evidence.split("\n")).toContain(`${spelled(end)}: 250 2.0.0 Ok: queued`);
  });
});

describe("the test message", () => {
  it("is never delivered by a sound server, and takes one session there", async () => {
    let sessions = 0;
    const delivered: string[] = [];
    const server = await smtpServer({
      override: (command) => {
        if (command === "DATA") sessions++;
        if (command === ".") delivered.push(command);
        return undefined;
      },
    });
    expect((await judge(smtpSmuggling, subjectIn(at(server)))).outcome).toBe("passed");
    expect([sessions, delivered]).toEqual([1, []]);
  });
});
