import { describe, expect, it } from "vitest";
import { correspondentAddress } from "../../local/internet/correspondent";
import { mailDir } from "../../local/internet/exim";
import { eventually } from "../system/support/cloud";
import { answer, copies, elsewhere, sent, stranger } from "./support/mail";
import { local } from "./support/server";
import { people } from "./support/stack";
import { submit } from "./support/submit";

const from = ["--from", "someone@stranger.test", "--helo", "stranger.test"] as const;
const returnPath = (raw: string) => /^Return-path: <(.*)>$/m.exec(raw)?.[1] ?? "";

/** The message in a Maildir that has a text in it, or nothing. */
async function messageWith(machine: string, text: string, folder: string): Promise<string> {
  const script = 'cat /dev/null $(grep -rlF -e "$1" "$2" | head -n 1)';
  return (await local.on(machine, ["sh", "-c", script, "sh", text, folder])).stdout;
}

/** What the host calls a stranger's address in the mail that it forwards. */
async function forwardedAs(): Promise<string> {
  const subject = await sent(stranger, ...from, "--to", "away@example.test");
  return returnPath((await elsewhere.received({ subject })).raw);
}

it("is signed for with a secret of the data volume, where AppArmor lets PostSRSd read it: on EC2 it is in force", async () => {
  const script = `. /etc/default/postsrsd
cmp "$SRS_SECRET" /srv/mailserver/postsrsd/secret
stat --format "%a %U" "$SRS_SECRET"
grep --fixed-strings " $SRS_SECRET r," /etc/apparmor.d/usr.sbin.postsrsd`;
  const { code, stdout, stderr } = await local.on("mx1", ["sh", "-euc", script]);
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/^600 root\n/);
});

describe("mail of a stranger to an alias that leads elsewhere", () => {
  it("arrives there with a sender of this host, for whom SPF passes", async () => {
    const subject = await sent(stranger, ...from, "--to", "away@example.test");
    const { raw, verdicts } = await elsewhere.received({ subject });
    expect(returnPath(raw)).toMatch(/^SRS0=[^=]{6}=[^=]{2}=stranger\.test=someone@mx1\.example\.test$/);
    expect(verdicts.spf).toBe("pass");
    expect(raw).toMatch(/^From: someone@stranger\.test$/m);
  });

  it("keeps the signature of its author", async () => {
    const subject = `signed ${Date.now()}`;
    await elsewhere.send({ to: "away@example.test", subject, body: "to somebody who is away" });
    const { raw, verdicts } = await elsewhere.received({ subject });
    expect(returnPath(raw)).toMatch(/^SRS0=.*=peer\.test=bob@mx1\.example\.test$/);
    expect(verdicts.dkim).toContainEqual(expect.objectContaining({ domain: "peer.test", result: "pass" }));
    expect(verdicts.dmarc).toBe("pass");
  });

  it("comes back to its author if nobody has the address there", async () => {
    const subject = `bounced ${Date.now()}`;
    const messageId = await elsewhere.send({
      to: "gone@example.test",
      subject,
      body: "to somebody who is gone",
    });
    const bounce = await eventually(
      () => messageWith("internet", messageId, mailDir),
      (text) => text !== "",
    );
    expect(bounce).toMatch(/^Subject: Undelivered Mail Returned to Sender$/m);
    expect(bounce).toMatch(/^<nobody@peer\.test>: host mx\.peer\.test.*550/ms);
    expect(returnPath(bounce)).toBe("");
  });

  it("is delivered inside under its own sender", async () => {
    const subject = await sent(stranger, ...from, "--to", "both@example.test");
    expect(await copies(people.bob, subject)).toBe(1);
    const message = await messageWith("mx1", subject, "/srv/mailserver/mail/example.test/bob/Maildir/cur");
    expect(message).toMatch(/^Return-Path: <someone@stranger\.test>$/m);
  });
});

describe("a sender of this host that stands for another", () => {
  it("takes a bounce and hands it on to the one behind it", async () => {
    const subject = `bounce ${Date.now()}`;
    await elsewhere.send({ to: "away@example.test", subject: `${subject} first`, body: "-" });
    const address = returnPath((await elsewhere.received({ subject: `${subject} first` })).raw);
    const fields = { From: "MAILER-DAEMON@stranger.test", Subject: `${subject} back` };
    const back = await stranger(
      ...["--helo", "stranger.test", "--from", "<>", "--to", address],
      ...Object.entries(fields).flatMap(([name, value]) => ["--header", `${name}: ${value}`]),
    );
    expect(back.code, back.stdout).toBe(0);
    const { raw } = await elsewhere.received({ subject: `${subject} back` });
    expect(raw).toMatch(/^Envelope-to: bob@peer\.test$/m);
  });

  it("is refused if it is forged", async () => {
    const address = await forwardedAs();
    for (const forged of [
      address.replace("someone", "somebody"),
      address.replace("stranger.test", "peer.test"),
      address.replace(/^SRS0=[^=]+/, "SRS0=AAAAAA"),
      "SRS0=x@mx1.example.test",
      "SRS1=AAAAAA=example.net==AAAAAA=AA=stranger.test=someone@mx1.example.test",
    ])
      expect(await answer(stranger("--from", "<>", "--to", forged, "--quit-after", "RCPT")), forged).toMatch(
        /^550 5\.1\.1 /,
      );
  });

  it("takes nothing but bounces", async () => {
    const address = await forwardedAs();
    const said = await answer(stranger("--from", "x@peer.test", "--to", address, "--quit-after", "RCPT"));
    expect(said).toMatch(/^550 5\.7\.1 .*Only bounces come back/);
  });

  it("can't be made, nor forwarded mail be sent, by another program on the host than Postfix", async () => {
    for (const port of [10001, 10002, 10025]) {
      const knock = (user: string) =>
        local.on("mx1", [
          "setpriv",
          `--reuid=${user}`,
          "--clear-groups",
          "bash",
          "-c",
          `exec 3<>/dev/tcp/127.0.0.1/${port}`,
        ]);
      expect((await knock("vmail")).stderr, String(port)).toMatch(/refused/);
      expect((await knock("postfix")).code, String(port)).toBe(0);
    }
  });
});

describe("mail of a user to somebody elsewhere", () => {
  it("leaves under the user's own address, directly", async () => {
    const subject = await sent(
      (...args) => submit(people.bob, ...args),
      "--from",
      people.bob.user,
      "--to",
      correspondentAddress,
    );
    const { raw, verdicts } = await elsewhere.received({ subject });
    expect(returnPath(raw)).toBe(people.bob.user);
    expect(raw).not.toMatch(/^Received: .*localhost/m);
    expect(verdicts.dmarc).toBe("pass");
  });

  it("leaves so over an alias too", async () => {
    const subject = await sent(
      (...args) => submit(people.bob, ...args),
      "--from",
      people.bob.user,
      "--to",
      "away@example.test",
    );
    expect(returnPath((await elsewhere.received({ subject })).raw)).toBe(people.bob.user);
  });
});
