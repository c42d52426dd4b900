import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { program } from "../../local/program";
import { eventually, root } from "../system/support/cloud";
import { alice, bodiesBySubject, countBySubject } from "../system/support/imap";
import { subjects } from "./support/imap";
import { local } from "./support/server";
import { speak } from "./support/smtp";
import { people, senders } from "./support/stack";
import { receive } from "./support/strangers";
import { submit } from "./support/submit";

const { bob } = people;
const swaks = (...args: string[]) =>
  local.internet(["swaks", "--timeout", "60", "--server", bob.host, ...args]);

describe("submission", () => {
  it("offers neither AUTH before TLS nor REQUIRETLS at all", async () => {
    const { stdout: plain } = await swaks("--port", "587", "--quit-after", "EHLO");
    expect(plain).toMatch(/250[- ]STARTTLS/);
    expect(plain).not.toMatch(/AUTH/);
    const { stdout: secure } = await swaks("--port", "587", "--tls", "--quit-after", "EHLO");
    expect(secure).toMatch(/250[- ]AUTH PLAIN LOGIN/);
    expect(secure).not.toMatch(/REQUIRETLS/);
  });

  it("takes no password outside of TLS", async () => {
    const steps = ["EHLO stranger.test\r\n", "AUTH PLAIN AGEAYg==\r\n"];
    const [, , answer] = await speak(steps, { port: 587 });
    expect(answer).toMatch(/^5(03|30|38) 5\.\d\.\d /);
  });

  it.each([
    ["465", "--tls-on-connect"],
    ["587", "--tls"],
  ])(
    "takes out of a message on %s where and with what it was written, and Bcc, and nothing else",
    async (port, tls) => {
      const subject = randomUUID();
      const headers = {
        Subject: subject,
        "User-Agent": "Secret/1.0",
        "X-Mailer": "Secret/2.0",
        "X-Originating-IP": "[192.0.2.77]",
        Bcc: alice.user,
        "X-Kept": "kept",
      };
      const { code, stdout } = await local.internet(
        [
          ...["swaks", "--server", bob.host, "--port", port, tls, "--tls-verify", "--auth-user", bob.user],
          ...["--protect-prompt", "--from", bob.user, "--to", `${bob.user},${alice.user}`],
          ...Object.entries(headers).flatMap(([name, value]) => ["--header", `${name}: ${value}`]),
          "--auth-password",
        ],
        { input: `${bob.password}\n` },
      );
      expect(code, stdout).toBe(0);
      for (const login of [bob, alice]) {
        const [message] = await eventually(
          () => bodiesBySubject(local, login, subject),
          (messages) => messages.length > 0,
        );
        expect(message).not.toMatch(/Secret|192\.0\.2\.77|2001:db8::1|203\.0\.113\.1\b|stranger|^Bcc:/im);
        expect(message).toMatch(/^X-Kept: kept/m);
        expect(message).toMatch(/^DKIM-Signature: /m);
      }
    },
  );

  it("delivers a message to a thousand recipients, to each once, and takes no more in one", async () => {
    const subject = randomUUID();
    const recipients = Array.from({ length: 1000 }, (_, i) => `bob+${i}@example.test`).join(",");
    const sent = await submit(bob, "--to", recipients, "--h-Subject", subject);
    expect(sent.code, sent.stdout.slice(-2000)).toBe(0);
    await eventually(
      () => countBySubject(local, bob, subject),
      (count) => count >= 1000,
    );
    expect(await countBySubject(local, bob, subject)).toBe(1000);
    const { stdout } = await submit(
      bob,
      "--to",
      `${recipients},bob+1000@example.test`,
      "--quit-after",
      "RCPT",
    );
    expect(stdout).toMatch(/^<~\* 452 4\.5\.3 .*too many recipients/m);
  });
});

describe("a message that is delivered to a stranger", () => {
  const domain = "tells.test";
  let received: Awaited<ReturnType<typeof receive>>;
  beforeAll(async () => {
    received = await receive([{ domain }]);
  });
  afterAll(() => received?.end());

  const delivered = (to: string) =>
    eventually(
      async () => received.mailTo(to),
      (mails) => mails.length > 0,
    );

  it("is told to the sender only when that was asked for (DSN)", async () => {
    const script = join(root, "test/service/support/notify.ts");
    const send = (to: string, ...notify: string[]) =>
      local.internet(program(script, bob.host, bob.user, to, ...notify), {
        env: { MAILSERVER_PASSWORD: bob.password },
      });
    const [quiet, told] = [`${randomUUID()}@${domain}`, `${randomUUID()}@${domain}`];
    for (const sent of [await send(quiet), await send(told, "SUCCESS")])
      expect(sent.code, sent.stderr).toBe(0);
    await delivered(quiet);
    await delivered(told);
    const [notice, ...more] = await eventually(
      () => bodiesBySubject(local, bob, "Successful Mail Delivery Report"),
      (mails) => mails.some((mail) => mail.includes(told)),
    );
    expect(notice).toMatch(/^Action: (relayed|delivered)/m);
    expect(notice).toMatch(/^DKIM-Signature: /m);
    expect([notice, ...more].join()).not.toContain(quiet);
  });
});

describe("twenty users who send at once", () => {
  it("have five hundred messages delivered, each once and none lost", async () => {
    const run = randomUUID();
    const each = 25;
    const script = program(
      join(root, "test/service/support/send-many.ts"),
      bob.host,
      bob.user,
      run,
      String(each),
    );
    const { code, stdout, stderr } = await local.internet(script, {
      input: JSON.stringify(senders),
      timeout: 900_000,
    });
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ sent: 500, failures: [] });
    await eventually(
      () => countBySubject(local, bob, run),
      (count) => count >= 500,
      { within: 600_000, every: 2_000 },
    );
    // What he has sent may well wait there.
    await eventually(
      async () => (await local.on("mx1", ["postqueue", "-j"])).stdout,
      (queue) => !queue.includes(`"address": "${bob.user}"`),
    );
    const expected = senders.flatMap((_, index) =>
      Array.from({ length: each }, (_, i) => `${run} of ${index}. number ${i}`),
    );
    const arrived = (await subjects(bob)).filter((subject) => subject.startsWith(run));
    expect(arrived.sort()).toEqual(expected.sort());
  });
});
