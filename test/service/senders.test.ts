import { describe, expect, it } from "vitest";
import { answer, answerToMessage, copies, sent } from "./support/mail";
import { people } from "./support/stack";
import { submit } from "./support/submit";

const { bob, carol, dora, robot } = people;
const asks = (login: typeof bob | typeof carol | typeof dora | typeof robot, from: string) =>
  answer(submit(login, "--from", from, "--to", "carol@example.test", "--quit-after", "RCPT"));

describe("a user", () => {
  it.each([
    ["bob@example.test", "the mailbox"],
    ["BOB@Example.test", "the mailbox in capitals"],
    ["bob+any.thing@example.test", "an extension of it"],
    ["sales@example.test", "an alias that leads to it"],
    ["sales+eu@example.test", "an extension of that alias"],
    ["team@example.test", "an alias that leads to it over another, and to others"],
    ["lists@example.test", "an alias that leads to an extension of it"],
    ["both@example.test", "an alias that leads elsewhere as well"],
  ])("may send as %s, %s", async (from) => {
    expect(await asks(bob, from)).toMatch(/^250 2\.1\.5/);
  });

  it.each([
    ["carol@example.test", "a colleague"],
    ["nobody@example.test", "an address that there is not"],
    ["away@example.test", "an alias that leads only elsewhere"],
    ["postmaster@example.test", "the postmaster"],
    ["bob@second.test", "the same name in another domain"],
    ["bob@peer.test", "somebody elsewhere"],
    ["@example.test", "a domain"],
  ])("may not send as %s, %s", async (from) => {
    expect(await asks(bob, from)).toMatch(/^553 5\.7\.1 .*not owned by user bob@example\.test/);
  });

  it("may send without a sender, as the receipts of mail programs have none (RFC 8098 section 3)", async () => {
    expect(await asks(bob, "<>")).toMatch(/^250 2\.1\.5/);
  });

  it("may not send as what the catch-all gives", async () => {
    expect(await asks(dora, "dora@second.test")).toMatch(/^250 /);
    expect(await asks(dora, "whoever@second.test")).toMatch(/^553 5\.7\.1 /);
  });

  it("who only sends may send as nothing but itself", async () => {
    expect(await asks(robot, "robot@example.test")).toMatch(/^250 /);
    expect(await asks(robot, "sales@example.test")).toMatch(/^553 5\.7\.1 /);
  });

  it("who sends as an alias is heard, and signed for", async () => {
    const subject = await sent(
      (...args) => submit(bob, ...args),
      "--from",
      "sales@example.test",
      "--to",
      carol.user,
    );
    expect(await copies(carol, subject)).toBe(1);
  });

  describe("is seen by the recipient", () => {
    const says = (...args: string[]) => answerToMessage(submit(bob, "--to", carol.user, ...args));
    const from = (value: string) => says("--header", `From: ${value}`);

    it.each([
      ["Bob <bob@example.test>", "the mailbox"],
      ["Sales <Sales+eu@EXAMPLE.test>", "an extension of an alias that leads to it, in capitals"],
      ['"Bob, of Sales" <sales@example.test>, bob@example.test', "two addresses, both the user's"],
      ["=?utf-8?q?Bo=CC=81b?= <bob@example.test>", "a name in another script"],
    ])("as %s, %s", async (value) => {
      expect(await from(value)).toMatch(/^250 /);
    });

    it.each([
      ["Carol <carol@example.test>", "carol@example.test", "a colleague"],
      ["ceo@peer.test", "ceo@peer.test", "somebody elsewhere"],
      [
        '"bob@example.test" <carol@example.test>',
        "carol@example.test",
        "a name that looks like the user's address",
      ],
      ["bob@example.test, carol@example.test", "carol@example.test", "a colleague beside"],
      ["whoever@second.test", "whoever@second.test", "what a catch-all of another gives"],
    ])("and not as %s", async (value, address) => {
      expect(await from(value)).toBe(
        `554 5.7.1 <${address}> in From is not an address of user bob@example.test`,
      );
    });

    it("once: a second From is what some programs show", async () => {
      const headers = [
        "From: bob@example.test",
        "From: carol@example.test",
        `To: ${carol.user}`,
        "Subject: two",
      ];
      expect(await says("--data", `${headers.join("\\n")}\\n\\nHello\\n`)).toMatch(
        /^554 5\.7\.1 A message has one From/,
      );
    });
  });
});
