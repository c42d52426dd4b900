import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { internet } from "../../local/context";
import { eventually } from "../system/support/cloud";
import { local } from "./support/server";
import { message, speak, submit } from "./support/smtp";
import { people } from "./support/stack";

const hello = "EHLO stranger.test\r\n";
const from = "MAIL FROM:<someone@stranger.test>\r\n";
const to = `RCPT TO:<${people.bob.user}>\r\n`;
const quit = "QUIT\r\n";

describe("the server on port 25", () => {
  it("tells nobody which addresses there are (VRFY, EXPN)", async () => {
    const answers = await speak([hello, `VRFY ${people.bob.user}\r\n`, "EXPN postmaster\r\n", quit]);
    expect(answers[1]).not.toMatch(/VRFY|EXPN/);
    expect(answers[2]).toMatch(/^502 5\.5\.1 VRFY command is disabled/);
    expect(answers[3]).toMatch(/^50[02] 5\.5\.[12] /);
  });

  it("refuses mail to somebody who is not there before the message is sent", async () => {
    const answers = await speak([hello, from, "RCPT TO:<nobody-at-all@example.test>\r\n", quit]);
    expect(answers[3]).toMatch(/^550 5\.1\.1 .*User unknown/);
  });

  it("relays for nobody", async () => {
    const answers = await speak([hello, from, "RCPT TO:<bob@peer.test>\r\n", quit]);
    expect(answers[3]).toMatch(/^[45]54 5\.7\.1 .*Relay access denied/);
  });

  it("takes bounces, which have no sender", async () => {
    const answers = await speak([hello, "MAIL FROM:<>\r\n", to, quit]);
    expect(answers.slice(2, 4)).toEqual([expect.stringMatching(/^250 /), expect.stringMatching(/^250 /)]);
  });

  it("refuses a HELO that is no name", async () => {
    const answers = await speak(["EHLO -bad_name-.\r\n", from, to, quit]);
    expect(answers[3]).toMatch(/^501 5\.5\.2 .*Helo command rejected: Invalid name/);
  });

  it("refuses a message that has come round and round", async () => {
    const hops = "Received: from a.test by b.test; Thu, 26 Nov 2026 00:00:00 +0000\r\n".repeat(60);
    expect(await submit(hops + message(randomUUID()))).toMatch(/^554 5\.4\.0 Error: too many hops/);
  });

  it("hangs up on who does not stop to ask for what is not there", async () => {
    const guesses = Array.from({ length: 30 }, (_, n) => `RCPT TO:<guess${n}@example.test>\r\n`);
    const answers = await speak([hello, from, ...guesses]);
    expect(answers.at(-1)).toMatch(/closed/);
    expect(answers.join("\n")).toMatch(/421 4\.7\.0 .*too many errors/);
  });

  it("takes a hundred recipients in one message, and has the rest come in another", async () => {
    const many = Array.from({ length: 101 }, (_, n) => `RCPT TO:<bob+${n}@example.test>\r\n`);
    const answers = await speak([hello, from, ...many, quit]);
    expect(answers.slice(3, 103).every((answer) => answer.startsWith("250 "))).toBe(true);
    expect(answers[103]).toMatch(/^452 4\.5\.3 /);
  });

  it("speaks with fifty clients of an address at once, tells the next to come again, and hears others", async () => {
    const script = `
import socket
held = [socket.create_connection(("${people.bob.host}", 25), 300, ("${internet.ipv6.stranger}", 0)) for _ in range(51)]
for connection in held:
    print(connection.recv(1000).decode().splitlines()[0], flush=True)
other = socket.create_connection(("${people.bob.host}", 25), 300, ("${internet.stranger}", 0))
print(other.recv(1000).decode().splitlines()[0])
`;
    // Former tests' sessions count until the server has seen their end.
    const open = () => local.on("mx1", ["ss", "-Htn", "state", "established", "sport = :25"]);
    await eventually(open, ({ stdout }) => stdout.trim() === "");
    const { stdout, stderr } = await local.internet(["python3", "-c", script]);
    const greetings = stdout.trim().split("\n");
    const [next, other] = greetings.slice(-2);
    expect(greetings, stderr).toHaveLength(52);
    expect(greetings.filter((line) => line.startsWith("220 "))).toHaveLength(51);
    expect(next).toMatch(/^421 4\.7\.0 .*too many connections/);
    expect(other).toMatch(/^220 /);
  });
});

describe("a second message smuggled into a first", () => {
  it.each([
    ["LF . LF", "\n.\n"],
    ["LF . CRLF", "\n.\r\n"],
    ["CRLF . LF", "\r\n.\n"],
  ])("by %s is not taken for one", async (_, end) => {
    const smuggled = `${message(randomUUID())}${end}MAIL FROM:<boss@example.test>\r\n${to}DATA\r\nhello\r\n.\r\n`;
    const answers = await speak([hello, from, to, "DATA\r\n", smuggled]);
    expect(answers[5]).toMatch(/^550 5\.5\.2 .*bare <LF> received/);
  });
});

it("who sends commands before it is their turn is refused", async () => {
  const answers = await speak([`${hello}${from}${to}DATA\r\n`]);
  expect(answers.join("\n")).toMatch(/554 5\.5\.0 .*SMTP protocol synchronization/);
});
