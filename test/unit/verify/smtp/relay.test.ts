import { describe, expect, it } from "vitest";
import { smtpRelay } from "../../../../verify/checks/smtp/relay";
import { judge } from "../../../../verify/verify";
import { type SmtpOptions, smtpServer } from "../support/smtp-server";
import { describeCheck, subjectIn } from "../support/world";
import { at, backupHost, mailHost } from "./support/world";

const ok = "250 2.1.5 Ok";
const denied = "554 5.7.1 Relay access denied";
const unknown = "550 5.1.1 User unknown";
const own = (address: string) => (address.endsWith("@example.com") ? unknown : denied);
/** Takes its own users and whatever else the pattern matches. */
const takes = (pattern: RegExp): SmtpOptions => ({
  recipient: (address) => (pattern.test(address) || address === "postmaster@example.com" ? ok : own(address)),
});
/** Relays for a sender. */
const trusts = (sender: RegExp): SmtpOptions => ({
  override: (command, { state }) => {
    if (command.startsWith("MAIL")) state.trusted = sender.test(command);
    return command.startsWith("RCPT") && state.trusted ? ok : undefined;
  },
});

describeCheck(smtpRelay, [
  {
    when: "strangers' recipients are refused",
    world: mailHost(),
    outcome: "passed",
    evidence: /refuses 1\d forms/,
  },
  {
    when: "strangers' recipients are deferred, as Debian's default has it",
    world: mailHost({ recipient: () => "454 4.7.1 Relay access denied" }),
    outcome: "passed",
  },
  {
    when: "it relays for everybody",
    world: mailHost({ recipient: () => ok }),
    outcome: "failed",
    evidence:
      /^mx\.example\.com .* is an open relay: it accepts relaytest@example\.org from <relaytest@example\.net>/,
    remedy: /reject_unauth_destination/,
  },
  ...(
    [
      [
        "the percent hack",
        takes(/^relaytest%example\.org@example\.com$/),
        /<relaytest%example\.org@example\.com>/,
      ],
      ["the percent hack without a domain", takes(/^relaytest%example\.org$/), /<relaytest%example\.org>/],
      [
        "the percent hack at its address",
        takes(/%.*@\[192\.0\.2\.1\]$/),
        /<relaytest%example\.org@\[192\.0\.2\.1\]>/,
      ],
      [
        "the percent hack at its name",
        takes(/%.*@mx\.example\.com$/),
        /<relaytest%example\.org@mx\.example\.com>/,
      ],
      ["bang paths", takes(/^example\.org!/), /<example\.org!relaytest>/],
      ["source routes", takes(/^@example\.com:/), /<@example\.com:relaytest@example\.org>/],
      ["quoted addresses", takes(/^"relaytest@example\.org"/), /<"relaytest@example\.org">/],
      ["two @", takes(/@example\.org@example\.com$/), /<relaytest@example\.org@example\.com>/],
      ["addresses instead of names", takes(/@\[198\.51\.100\.25\]$/), /relaytest@\[198\.51\.100\.25\]/],
      ["the null sender", trusts(/<>$/), /MAIL FROM:<>, /],
      ["senders of its domain", trusts(/@example\.com>$/), /MAIL FROM:<postmaster@example\.com>/],
      ["senders of the host", trusts(/@mx\.example\.com>$/), /MAIL FROM:<postmaster@mx\.example\.com>/],
      ["senders at its address", trusts(/@\[192\.0\.2\.1\]>$/), /MAIL FROM:<postmaster@\[192\.0\.2\.1\]>/],
      [
        "every sender, and users it answers with 251",
        {
          recipient: (address: string) =>
            address.endsWith("@example.org") ? "251 will forward" : own(address),
        },
        /251 will forward/,
      ],
    ] as const
  ).map(([what, options, evidence]) => ({
    when: `it relays for ${what}`,
    world: mailHost(options),
    outcome: "failed" as const,
    evidence,
  })),
  {
    when: "the second mail host relays",
    world: backupHost({ recipient: () => ok }),
    outcome: "failed",
    evidence: /^backup/,
  },
  {
    when: "it has a catch-all and takes every local part of its own",
    world: mailHost({ recipient: (address) => (/@(?:mx\.)?example\.com$/.test(address) ? ok : denied) }),
    outcome: "passed",
    evidence: /say nothing/,
  },
  {
    when: "it has a catch-all and relays",
    world: mailHost({ recipient: (address) => (address.includes("@[198.51.100.25]") ? denied : ok) }),
    outcome: "failed",
  },
  {
    when: "it greylists what it would relay",
    world: mailHost({ recipient: () => "450 4.2.0 Greylisted" }),
    outcome: "not-checked",
    evidence: /450 4\.2\.0 Greylisted/,
  },
  {
    when: "a block list has this client",
    world: mailHost({ recipient: () => "554 5.7.1 Client host blocked using zen.spamhaus.org" }),
    outcome: "not-checked",
    evidence: /spamhaus/,
  },
  {
    when: "it hangs up after the first error",
    world: mailHost({
      recipient: (address, session) => {
        if (address === "postmaster@example.com") return ok;
        session.write("421 4.7.0 Too many errors\r\n");
        session.close();
        return "";
      },
    }),
    outcome: "not-checked",
    evidence: /connection was closed/,
  },
  {
    when: "it refuses the null sender and relays for others",
    world: mailHost({
      override: (command) => (command === "MAIL FROM:<>" ? "550 No" : undefined),
      recipient: takes(/%/).recipient,
    }),
    outcome: "failed",
    evidence: /%/,
  },
  { when: "nothing listens", world: () => at("refused"), outcome: "not-applicable" },
]);

describe("the attempts to relay", () => {
  it("never send a message, and stay below the errors that servers allow a session", async () => {
    const commands: string[][] = [];
    const server = await smtpServer({
      override: (command, { state }) => {
        state.commands ??= commands[commands.push([]) - 1];
        (state.commands as string[]).push(command);
        return undefined;
      },
    });
    commands.length = 0;
    const subject = subjectIn(at(server));
    expect((await judge(smtpRelay, subject)).outcome).toBe("passed");
    expect(commands.flat()).not.toContain("DATA");
    const recipients = commands.map(
      (session) => session.filter((command) => command.startsWith("RCPT")).length,
    );
    expect(Math.max(...recipients)).toBeLessThanOrEqual(8);
    expect(commands.flat().filter((command) => /@example\.org@?/.test(command)).length).toBeGreaterThan(5);
  });

  it("are not judged on the mail host itself, which its server trusts", async () => {
    const world = { ...at(await smtpServer({ recipient: () => ok })) };
    const zone = { ...world.zone, "mx.example.com A": ["127.0.0.1"] };
    const listeners = { "127.0.0.1:25": world.listeners?.["192.0.2.1:25"] ?? "refused" };
    const finding = await judge(smtpRelay, subjectIn({ zone, listeners }));
    expect(finding).toMatchObject({ outcome: "not-checked", evidence: expect.stringMatching(/itself/) });
  });
});
