import { randomUUID } from "node:crypto";
import { redis } from "./redis";
import { local } from "./server";
import { people } from "./stack";

/** A program that sends what it is told, one thing after the other, and prints what the server says to each. */
const speaker = `
import base64, json, socket, sys
server, port, family, steps = json.load(sys.stdin)
place = socket.getaddrinfo(server, port, getattr(socket, family), socket.SOCK_STREAM)[0]
connection = socket.socket(place[0], place[1])
connection.settimeout(120)
connection.connect(place[4])
file = connection.makefile("rb")
def answer():
    lines = []
    while True:
        try:
            line = file.readline().decode("utf-8", "replace")
        except OSError:
            line = ""
        if not line:
            return "\\n".join(lines + ["closed"])
        lines.append(line.rstrip())
        if line[3:4] != "-":
            return "\\n".join(lines)
answers = [answer()]
for step in steps:
    try:
        connection.sendall(base64.b64decode(step))
    except OSError:
        pass
    answers.append(answer())
json.dump(answers, sys.stdout)
`;

/**
 * Speaks with the server, on port 25 if no other is named, byte by byte as given.
 * @returns the greeting, and what was answered to each step; `closed` where the server has hung up
 */
export async function speak(
  steps: readonly (string | Buffer)[],
  { ipv4 = false, port = 25 }: { ipv4?: boolean; port?: number } = {},
): Promise<string[]> {
  const input = JSON.stringify([
    people.bob.host,
    port,
    ipv4 ? "AF_INET" : "AF_UNSPEC",
    steps.map((step) => Buffer.from(step as string).toString("base64")),
  ]);
  const { code, stdout, stderr } = await local.internet(["python3", "-c", speaker], { input });
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

export interface Envelope {
  readonly from?: string;
  readonly to?: string;
  readonly helo?: string;
  /** Whether the server is spoken to over IPv4. @default what its name leads to first, IPv6 */
  readonly ipv4?: boolean;
}

/**
 * Sends a message as it is, from a stranger whose name, SPF record and reverse name are right.
 * @param message with lines that end in CRLF
 * @returns what the server says to the message, or to what comes before if that is refused
 */
export async function submit(message: string | Buffer, envelope: Envelope = {}): Promise<string> {
  const { from = "someone@stranger.test", to = people.bob.user, helo = "stranger.test", ipv4 } = envelope;
  const stuffed = Buffer.from(message as string)
    .toString("latin1")
    .replace(/^\./gm, "..");
  const answers = await speak(
    [
      `EHLO ${helo}\r\n`,
      `MAIL FROM:<${from}>\r\n`,
      `RCPT TO:<${to}>\r\n`,
      "DATA\r\n",
      Buffer.from(`${stuffed}${stuffed.endsWith("\r\n") ? "" : "\r\n"}.\r\n`, "latin1"),
      "QUIT\r\n",
    ],
    { ipv4 },
  );
  const refused = answers.slice(0, 5).find((answer) => /^[45]|closed/.test(answer));
  return refused ?? answers[5] ?? "";
}

/** An ordinary message. */
export function message(subject: string, more: { from?: string; body?: string } = {}): string {
  const { from = "someone@stranger.test", body = "Hello Bob,\r\nhow are you today?\r\n" } = more;
  return [
    `From: Some One <${from}>`,
    `To: Bob <${people.bob.user}>`,
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${subject}@stranger.test>`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "",
    body,
  ].join("\r\n");
}

/**
 * Sends a message as a real mail server does: from a sender of its own, and once more, six minutes later for the
 * host, if it is told to try again.
 */
export async function send(text: string | Buffer, envelope: Envelope = {}): Promise<string> {
  const from = envelope.from ?? `${randomUUID()}@stranger.test`;
  const said = await submit(text, { ...envelope, from });
  if (!said.startsWith("451 4.7.1 Try again later")) return said;
  await sixMinutesLater();
  return submit(text, { ...envelope, from });
}

/** For the greylisting of the host six minutes pass. */
export async function sixMinutesLater(): Promise<void> {
  const script = `for _, key in ipairs(redis.call('keys', 'rg*')) do
    redis.call('set', key, redis.call('get', key) - 360, 'KEEPTTL') end`;
  await redis("eval", script, "0");
}
