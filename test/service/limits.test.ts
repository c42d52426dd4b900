import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { eventually } from "../system/support/cloud";
import { alice, bodiesBySubject, countBySubject } from "../system/support/imap";
import { local } from "./support/server";
import { displayNames, limitedPhone, people } from "./support/stack";
import { submit } from "./support/submit";

const { limited, writer } = people;
const to = (...recipients: string[]) => ["--to", recipients.join(",")];
const alarm = (user: string) => `${alice.host}: ${user} has reached a limit of sending`;

describe("a user with a limit of three messages an hour", () => {
  it("sends three, and is told of the fourth which limit it is and when it opens again", async () => {
    const subject = randomUUID();
    for (let i = 0; i < 3; i++) {
      const { code, stdout } = await submit(limited, ...to(people.bob.user), "--h-Subject", subject);
      expect(code, stdout).toBe(0);
    }
    const { code, stdout } = await submit(limited, ...to(people.bob.user), "--h-Subject", subject);
    expect(code).not.toBe(0);
    const refusal =
      /^<~\* 450 4\.7\.1 .*limited@example\.test has sent 3 messages within an hour and may send 3 \(messagesPerHour\); the next one is taken from (.*) UTC on/m;
    expect(stdout).toMatch(refusal);
    const opens = Date.parse(`${refusal.exec(stdout)?.[1]?.replace(" ", "T")}Z`);
    expect(opens).toBeGreaterThan(Date.now() + 50 * 60_000);
    // Told in whole seconds.
    expect(opens).toBeLessThanOrEqual(Date.now() + 60 * 60_000 + 1000);
    await eventually(
      () => countBySubject(local, people.bob, subject),
      (count) => count === 3,
    );
  });

  it("is still over it after the host's services have been restarted", async () => {
    const stop = await local.on("mx1", ["systemctl", "stop", "mailserver-send-limits.service", "postfix"]);
    expect(stop.code, stop.stderr).toBe(0);
    expect((await local.on("mx1", ["systemctl", "start", "postfix"])).code).toBe(0);
    const { stdout } = await submit(limited, ...to(people.bob.user));
    expect(stdout).toMatch(/^<~\* 450 4\.7\.1 .*messagesPerHour/m);
  });

  it("is over it with another of the same user's passwords too", async () => {
    const { stdout } = await submit({ ...limited, password: limitedPhone }, ...to(people.bob.user));
    expect(stdout).toMatch(/^<~\* 450 4\.7\.1 .*messagesPerHour/m);
  });

  it("is told to the postmaster in one mail, with counts, addresses and what to do, and without the message", async () => {
    const secret = randomUUID();
    for (let i = 0; i < 3; i++) await submit(limited, ...to(people.bob.user), "--body", secret);
    const [mail, ...more] = await eventually(
      () => bodiesBySubject(local, alice, alarm(limited.user)),
      (mails) => mails.length > 0,
    );
    expect(more).toEqual([]);
    expect(mail).toContain(`${displayNames.limited} <${limited.user}> has reached a limit`);
    expect(mail).toMatch(/3 messages within the last hour, of 3/);
    expect(mail).toMatch(/2001:db8::1: 3 sent, 1 refused|203\.0\.113\.1: 3 sent, 1 refused/);
    expect(mail).toMatch(/npx mailserver password/);
    expect(mail).toMatch(/^DKIM-Signature: /m);
    expect(mail).not.toContain(secret);
  });

  it("holds nobody else up", async () => {
    const { code, stdout } = await submit(people.bob, ...to(alice.user));
    expect(code, stdout).toBe(0);
  });
});

describe("a user with a limit of five recipients a day", () => {
  it("may write to five at once and to no sixth", async () => {
    const five = Array.from({ length: 5 }, (_, i) => `bob+${i}@example.test`);
    const sixth = await submit(writer, ...to(...five, "bob+5@example.test"));
    expect(sixth.stdout).toMatch(/^<~\* 550 5\.7\.1 .*has 6 recipients.* may write to 5 a day/m);
    const sent = await submit(writer, ...to(...five));
    expect(sent.code, sent.stdout).toBe(0);
    const { stdout } = await submit(writer, ...to(people.bob.user));
    expect(stdout).toMatch(
      /^<~\* 450 4\.7\.1 .*has written to 5 recipients within a day and may write to 5 \(recipientsPerDay\)/m,
    );
  });
});
