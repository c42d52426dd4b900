import { describe, expect, it } from "vitest";
import { hashOf } from "../../cli/password";
import { eventually } from "../system/support/cloud";
import { countBySubject, countByText, type Login } from "../system/support/imap";
import { answer, copies, sent, stranger } from "./support/mail";
import { local } from "./support/server";
import { appPasswords, people } from "./support/stack";
import { submit } from "./support/submit";

/** What IMAP says to a login. */
async function imapLogin(login: Login): Promise<"in" | "denied"> {
  try {
    await countBySubject(local, login, "none");
    return "in";
  } catch (error) {
    expect(String(error)).toMatch(/Login denied/);
    return "denied";
  }
}

const log = async (unit: string) =>
  (await local.on("mx1", ["journalctl", "--unit", unit, "--output", "cat", "--no-pager"])).stdout;

describe("app passwords", () => {
  it.each(Object.entries(appPasswords))(
    "let a mailbox be read with that of the %s, which the log names",
    async (name, password) => {
      expect(await imapLogin({ ...people.carol, password })).toBe("in");
      const lines = await eventually(
        () => log("dovecot"),
        (text) => text.includes(`app=${name}`),
      );
      expect(lines).toMatch(new RegExp(`Logged in: user=<carol@example\\.test>.*app=${name}$`, "m"));
    },
  );

  it("let mail be sent, and leave the mailbox's own password as it is", async () => {
    for (const password of [people.carol.password, ...Object.values(appPasswords)])
      expect(
        await answer(
          submit(
            { ...people.carol, password },
            "--from",
            people.carol.user,
            "--to",
            people.bob.user,
            "--quit-after",
            "RCPT",
          ),
        ),
      ).toMatch(/^250 2\.1\.5/);
  });

  it("are each of one mailbox only, and a wrong one is refused", async () => {
    expect(await imapLogin({ ...people.bob, password: appPasswords.phone })).toBe("denied");
    expect(await imapLogin({ ...people.carol, password: "carol-tablet-only" })).toBe("denied");
  });
});

describe("a mailbox that only sends", () => {
  it("sends as itself", async () => {
    const subject = await sent(
      (...args) => submit(people.robot, ...args),
      "--from",
      people.robot.user,
      "--to",
      people.bob.user,
    );
    expect(await copies(people.bob, subject)).toBe(1);
  });

  it("can't be read over IMAP, with its right password either", async () => {
    expect(await imapLogin(people.robot)).toBe("denied");
  });

  it("takes no mail, from a stranger nor from a colleague, and says why", async () => {
    for (const to of [people.robot.user, "robot+x@example.test"]) {
      const refused = /^550 5\.2\.1 .*This address only sends/;
      expect(
        await answer(stranger("--from", "someone@stranger.test", "--to", to, "--quit-after", "RCPT")),
      ).toMatch(refused);
      expect(
        await answer(submit(people.bob, "--from", people.bob.user, "--to", to, "--quit-after", "RCPT")),
      ).toMatch(refused);
    }
  });

  it("has the bounces of what it sent in the postmaster's mailbox", async () => {
    const alice = { user: "alice@example.test", password: "wonderland-local-only", host: "mx1.example.test" };
    const subject = await sent(
      (...args) => submit(people.robot, ...args),
      ...["--from", people.robot.user, "--to", "nobody@peer.test"],
    );
    const bounces = () => countByText(local, alice, subject);
    expect(await eventually(bounces, (n) => n > 0)).toBe(1);
  });
});

describe("a hash that `mailserver password` has made", () => {
  it("is one of its password for Dovecot, and of no other", async () => {
    const hash = await hashOf("four random words");
    const test = (password: string) => local.on("mx1", ["doveadm", "pw", "-t", hash, "-p", password]);
    expect((await test("four random words")).stdout).toMatch(/\(verified\)/);
    expect((await test("four random worts")).code).not.toBe(0);
  });
});
