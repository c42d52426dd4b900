import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../system/support/cloud";
import { imap, subjects } from "./support/imap";
import { accepted, deliver, submit } from "./support/send";
import { displayNames, people } from "./support/stack";

const { quota: user, bob } = people;
const kilobyte = 1000;

/** A message of about so many bytes. */
const message = (bytes: number) =>
  `Subject: ${randomUUID()}\r\n\r\n${"x"
    .repeat(78)
    .concat("\r\n")
    .repeat(bytes / 80)}`;

/** Bytes used and allowed, as mail programs ask for them (RFC 9208). */
async function usage(login: typeof user | typeof bob): Promise<{ usage: number; limit: number }> {
  const [quota] = await imap(login, ["getQuota", "INBOX"]);
  return (quota as { storage: { usage: number; limit: number } }).storage;
}

const fillTo = (bytes: number) =>
  usage(user).then(({ usage: used }) => imap(user, ["append", "Archive", message(bytes - used)]));

const warnings = (percent: number) =>
  subjects(user).then(
    (all) => all.filter((subject) => subject === `Your mailbox is ${percent} % full`).length,
  );

describe("a mailbox with a quota", () => {
  beforeAll(async () => {
    for (const folder of ["INBOX", "Archive"])
      await imap(user, ["mailboxOpen", folder], ["messageDelete", "1:*"]);
  });

  it("tells mail programs its own, or that of all mailboxes (GETQUOTAROOT)", async () => {
    // In KiB (RFC 9208 section 5.1.1), rounded up.
    expect((await usage(user)).limit).toBe(Math.ceil((2000 * kilobyte) / 1024) * 1024);
    expect((await usage(bob)).limit).toBe(Math.ceil(1e9 / 1024) * 1024);
  });

  it("is delivered a warning once it is 80 % full, another at 95 %, and none before", async () => {
    await fillTo(1500 * kilobyte);
    expect(await warnings(80)).toBe(0);
    await fillTo(1650 * kilobyte);
    await eventually(
      () => warnings(80),
      (count) => count === 1,
    );
    await fillTo(1920 * kilobyte);
    await eventually(
      () => warnings(95),
      (count) => count === 1,
    );
    expect(await warnings(80)).toBe(1);
  });

  it("is called by its display name in the warning's header", async () => {
    const [, messages] = await imap(
      user,
      ["mailboxOpen", "INBOX"],
      ["fetchAll", { subject: "mailbox is 80 %" }, { envelope: true }],
    );
    const [warning] = messages as { envelope: { to: { name: string; address: string }[] } }[];
    expect(warning?.envelope.to).toEqual([{ name: displayNames.quota, address: user.user }]);
  });

  it("takes a message that it has no more room for, but nothing after it: 452 to strangers and to users", async () => {
    const last = randomUUID();
    const big = ["--attach-body", "x".repeat(90_000)];
    await accepted(deliver(user.user, last, ...big));
    await eventually(
      () => subjects(user),
      (all) => all.includes(last),
    );
    expect((await usage(user)).usage).toBeGreaterThan(2000 * kilobyte);

    for (const refused of [await deliver(user.user, "full"), await submit(bob, user.user, "full")]) {
      expect(refused.code).not.toBe(0);
      expect(refused.stdout).toMatch(
        / 452 4\.2\.2 <quota@example\.test>: Recipient address rejected: .*full/,
      );
    }
  });

  it("is still delivered warnings when it is full", async () => {
    // Past 95 % once more, from below.
    await imap(user, ["mailboxOpen", "Archive"], ["messageDelete", "1:2"]);
    const before = await warnings(95);
    await fillTo(1990 * kilobyte);
    await eventually(
      () => warnings(95),
      (count) => count === before + 1,
    );
  });

  it("refuses what its user puts into it beyond the quota", async () => {
    await fillTo(1999 * kilobyte);
    const [refused] = await imap(user, ["append", "Archive", message(200 * kilobyte)]);
    expect(refused).toMatchObject({ code: "OVERQUOTA" });
  });

  it("takes mail again once there is room", async () => {
    const subject = randomUUID();
    await imap(user, ["mailboxOpen", "Archive"], ["messageDelete", "1:*"]);
    await accepted(deliver(user.user, subject));
    await eventually(
      () => subjects(user),
      (all) => all.includes(subject),
    );
  });
});
