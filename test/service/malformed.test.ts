import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { eventually } from "../system/support/cloud";
import { delivered } from "./support/delivered";
import { local } from "./support/server";
import { message, send, speak } from "./support/smtp";
import { people } from "./support/stack";

/** Delivered, and found there. */
async function arrives(subject: string, text: string | Buffer): Promise<string> {
  expect(await send(text)).toMatch(/^250 /);
  return delivered(subject);
}

function nested(subject: string, depth: number): string {
  const levels = Array.from({ length: depth }, (_, n) => `level-${n}`);
  const open = levels.map(
    (level) => `Content-Type: multipart/mixed; boundary="${level}"\r\n\r\n--${level}\r\n`,
  );
  const close = levels.reverse().map((level) => `--${level}--\r\n`);
  return [
    `From: Some One <someone@stranger.test>\r\nTo: bob@example.test\r\nSubject: ${subject}\r\n`,
    `Message-ID: <${subject}@stranger.test>\r\nMIME-Version: 1.0\r\n`,
    ...open,
    "Content-Type: text/plain\r\n\r\nat the bottom\r\n",
    ...close,
  ].join("");
}

describe("a message that is unlike others", () => {
  it("with eight-bit text is delivered byte by byte", async () => {
    const subject = randomUUID();
    const text = Buffer.concat([
      Buffer.from(message(subject, { body: "" })),
      Buffer.from([0xe4, 0xf6, 0xfc, 0x0d, 0x0a]),
    ]);
    expect(await arrives(subject, text)).toContain(text.subarray(-5, -2).toString());
  });

  it("with a line of 998 characters, the most there may be, is delivered as it is", async () => {
    const [subject, line] = [randomUUID(), "x".repeat(998)];
    expect((await arrives(subject, message(subject, { body: line }))).split("\r\n")).toContain(line);
  });

  it.each([999, 5000, 100_000])(
    "with a line of %i characters is delivered, every one of them",
    async (length) => {
      const subject = randomUUID();
      const text = await arrives(subject, message(subject, { body: "x".repeat(length) }));
      const [, body = ""] = text.split(/\r\n\r\n([\s\S]*)/);
      expect(body.replaceAll(/\s/g, "")).toBe("x".repeat(length));
    },
  );

  it("with parts in parts, five hundred deep, is delivered", async () => {
    const subject = randomUUID();
    expect(await arrives(subject, nested(subject, 500))).toContain("at the bottom");
  });

  it.each([
    [
      "a part that never ends",
      "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nend",
    ],
    ["a multipart without a boundary", "MIME-Version: 1.0\r\nContent-Type: multipart/mixed\r\n\r\nend"],
    ["base64 that is none", "MIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!=end"],
    ["an unknown character set", "Content-Type: text/plain; charset=klingon\r\n\r\nend"],
    ["a header line that is none", "this is no header\r\n\r\nend"],
    ["the same header a thousand times", `${"X-Again: and again\r\n".repeat(1000)}\r\nend`],
    ["a header of two hundred thousand characters", `X-Long: ${"x".repeat(200_000)}\r\n\r\nend`],
    ["a NUL byte", "\r\ne\0nd"],
  ])("with %s comes to an end: delivered, or refused to its sender's face", async (_, rest) => {
    const subject = randomUUID();
    const text = `From: someone@stranger.test\r\nTo: bob@example.test\r\nSubject: ${subject}\r\n${rest}\r\n`;
    const said = await send(text);
    expect(said).toMatch(/^(250|5\d\d) /);
    if (said.startsWith("250")) expect(await delivered(subject)).toContain(subject);
  });

  it("to or from an address beyond ASCII is refused at once, as the mailboxes can't take it", async () => {
    const hello = "EHLO stranger.test\r\n";
    const answers = await speak([hello, "MAIL FROM:<jürgen@stranger.test> SMTPUTF8\r\n", "QUIT\r\n"]);
    expect(answers[1]).not.toMatch(/SMTPUTF8/);
    expect(answers[2]).toMatch(/^5\d\d /);
    const to = await speak([
      hello,
      "MAIL FROM:<someone@stranger.test>\r\n",
      "RCPT TO:<jürgen@example.test>\r\n",
    ]);
    expect(to[3]).toMatch(/^5\d\d /);
    expect(people.bob.user).not.toMatch(/[^ -~]/);
  });
});

afterAll(async () => {
  // What other tests have waiting there is not from here.
  const queue = async () =>
    (await local.on("mx1", ["postqueue", "-j"])).stdout
      .split("\n")
      .filter((line) => line.includes(`"address": "${people.bob.user}"`));
  await eventually(queue, (left) => left.length === 0);
  const { stdout } = await local.on("mx1", [
    ...["journalctl", "--boot", "--output", "cat", "--grep", "segfault|core dumped|killed by signal"],
  ]);
  expect(stdout.replace("-- No entries --", "").trim()).toBe("");
});
