import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../system/support/cloud";
import { alice, countBySubject } from "../system/support/imap";
import { pflogsumm } from "./support/postfix-log";
import { local } from "./support/server";
import { people } from "./support/stack";

const gtube = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";
const swaks = (...options: string[]) => local.internet(["swaks", ...options]);
const from = (address: string) => ["--from", address];
const submitted = [
  ...["--server", "mx1.example.test:465", "--tlsc", "--auth-user", alice.user],
  ...["--auth-password", alice.password, ...from(alice.user)],
];

async function report(): Promise<string> {
  const { code, stdout, stderr } = await local.on("mx1", ["mailserver-report"]);
  expect(code, stderr).toBe(0);
  return stdout;
}

/** The number that stands before the given words. */
function count(text: string, words: string): number {
  return Number(new RegExp(`^ +(\\d+)  ${words}`, "m").exec(text)?.[1] ?? 0);
}

describe("the daily report", () => {
  let before: string;
  let since: string;

  beforeAll(async () => {
    // The queue is at rest, so that nothing from before falls into the new period.
    await eventually(
      async () => (await local.on("mx1", ["postqueue", "-j"])).stdout,
      (queue) => !queue.includes('"active"'),
    );
    // A second that nothing from before falls into either.
    const second = async () => (await local.on("mx1", ["date", "+%s"])).stdout.trim();
    const last = await second();
    since = await eventually(second, (now) => now > last);
    const mailed = await local.on("mx1", ["systemctl", "start", "mailserver-report.service"]);
    expect(
      mailed.code,
      (await local.on("mx1", ["journalctl", "-u", "mailserver-report", "-n", "20"])).stdout,
    ).toBe(0);
    before = await eventually(report, (text) => count(text, "by the host itself") === 1);
  });

  it("reaches the postmaster, signed as all mail of the host, and begins another period", async () => {
    expect(
      await eventually(
        () => countBySubject(local, alice, "daily report"),
        (mails) => mails > 0,
      ),
    ).toBeGreaterThan(0);
    // All that has happened since is that mail.
    expect(count(before, "delivered to mailboxes")).toBe(1);
    expect(count(before, "received from other servers")).toBe(0);
  });

  it("has exact numbers of what came, went, was refused and failed", async () => {
    const subject = randomUUID();
    const stranger = from("someone@peer.test");
    for (let i = 0; i < 3; i++) await swaks("--to", people.bob.user, ...stranger, "--h-Subject", subject);
    await swaks("--to", "nobody@example.test", ...stranger);
    await swaks("--to", "nobody@example.test", ...stranger);
    await swaks("--server", "mx1.example.test", "--to", "a@peer.test", ...stranger);
    await swaks("--to", people.bob.user, ...stranger, "--body", gtube);
    await swaks(...submitted, "--to", `${people.bob.user},bob@peer.test`);
    await swaks(...submitted, ...from("mallory@example.test"), "--to", people.bob.user);
    await local.internet([
      ...[
        "swaks",
        "--server",
        "mx1.example.test:465",
        "--tlsc",
        "--auth",
        "PLAIN",
        "--auth-user",
        alice.user,
      ],
      ...["--auth-password", "wrong", ...from(alice.user), "--to", people.bob.user],
    ]);

    const after = await eventually(
      report,
      (text) => count(text, "delivered to mailboxes") >= 5 && count(text, "delivered to other servers") >= 1,
    );
    expect({
      received: count(after, "received from other servers"),
      sent: count(after, "sent by users"),
      toMailboxes: count(after, "delivered to mailboxes"),
      toOthers: count(after, "delivered to other servers"),
      unknown: count(after, "unknown recipient"),
      relaying: count(after, "relaying"),
      spam: count(after, "spam"),
      notOwned: count(after, "sender not owned"),
      alice: count(after, alice.user),
      failed: count(after, "submission"),
      refused: count(after, "refused at the door"),
    }).toEqual({
      received: 3,
      sent: 1,
      toMailboxes: 1 + 3 + 1,
      toOthers: 1,
      unknown: 2,
      relaying: 1,
      spam: 1,
      notOwned: 1,
      alice: 1,
      failed: 1,
      refused: 5,
    });
    expect(after).toMatch(/^ {2}certificate +\d+ days left$/m);
    expect(after).toMatch(/^ {2}disk data +\d+ % full/m);
    expect(after).toMatch(/^ {2}memory +.* available/m);
    expect(after).toMatch(new RegExp(`^ +[\\d.]+ [KM]?B {2}${people.bob.user}$`, "m"));
  });

  it("agrees with pflogsumm on the same log", async () => {
    const theirs = await pflogsumm(since);
    const ours = await report();
    expect({
      delivered: count(ours, "delivered to mailboxes") + count(ours, "delivered to other servers"),
      // It does not count what the filter refused.
      rejected: count(ours, "refused at the door") - count(ours, "spam"),
      bounced: count(ours, "returned to their senders"),
    }).toEqual({ delivered: theirs.delivered, rejected: theirs.rejected, bounced: theirs.bounced });
  });
});
