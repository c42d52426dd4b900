import { afterAll, describe, expect, it } from "vitest";
import { countBySubject, type Login } from "../system/support/imap";
import { bringUpWith } from "./support/declared";
import { copies, sent, stranger } from "./support/mail";
import { bcryptOf } from "./support/passwords";
import { local } from "./support/server";
import { people } from "./support/stack";

const erin: Login = { user: "erin@example.test", password: "erin-service-only", host: "mx1.example.test" };
const withErin = () =>
  bringUpWith((config) => {
    const mailboxes = config["mailserver:mailboxes"] as object[];
    mailboxes.push({ address: erin.user, passwordHash: bcryptOf(erin.password) });
  });

// What the other files find.
afterAll(() => bringUpWith({}));

describe("a mailbox that is taken out", () => {
  it("keeps its mail until that is purged, and the host says what it deleted", async () => {
    await withErin();
    const subject = await sent(stranger, "--from", "someone@stranger.test", "--to", erin.user);
    expect(await copies(erin, subject)).toBe(1);
    const kept = await sent(stranger, "--from", "someone@stranger.test", "--to", people.bob.user);
    expect(await copies(people.bob, kept)).toBe(1);

    await bringUpWith({});
    await expect(countBySubject(local, erin, subject)).rejects.toThrow(/Login denied/);
    await withErin();
    expect(await countBySubject(local, erin, subject)).toBe(1);

    await bringUpWith({ "mailserver:purgedMailboxes": [erin.user] });
    expect((await local.on("mx1", ["systemctl", "restart", "mailserver-purge"])).code).toBe(0);
    const mail = "/srv/mailserver/mail/example.test";
    const { stdout } = await local.on("mx1", ["ls", "-A", mail]);
    expect(stdout.split("\n")).not.toContain("erin");
    expect(stdout.split("\n")).toContain("bob");
    const journal = await local.on("mx1", [
      "journalctl",
      "-u",
      "mailserver-purge",
      "-o",
      "cat",
      "--no-pager",
    ]);
    expect(journal.stdout).toMatch(/^erin@example\.test: deleted, 1 messages, \d+ bytes$/m);
    expect(journal.stdout).toMatch(/^erin@example\.test: there is no mail$/m);

    await withErin();
    expect(await countBySubject(local, erin, subject)).toBe(0);
  });
});
