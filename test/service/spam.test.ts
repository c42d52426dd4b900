import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { delivered, fieldsOf } from "./support/delivered";
import { local } from "./support/server";
import { message, send } from "./support/smtp";

const gtube = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";

it("refuses what any filter must know (GTUBE)", async () => {
  expect(await send(message(randomUUID(), { body: `${gtube}\r\n` }))).toMatch(/^554 5\.7\.1 Gtube pattern/);
});

it("takes a header that says whether it is spam from nobody but the filter", async () => {
  const subject = randomUUID();
  expect(await send(`X-Spam: Yes\r\n${message(subject)}`)).toMatch(/^250 /);
  expect(fieldsOf(await delivered(subject)).filter((field) => field.startsWith("x-spam:"))).toEqual([]);
});

it("lets nobody on the host but the mail service teach the filter", async () => {
  const { code } = await local.on("mx1", [
    ...["runuser", "-u", "www-data", "--", "rspamc", "--connect=/run/rspamd/controller.sock", "stat"],
  ]);
  expect(code).not.toBe(0);
});

it("knows from what it was taught how spam reads here", async () => {
  // No two the same: what was learned once is not learned again.
  const body = (words: readonly string[], n: number) =>
    [...Array.from({ length: 40 }, (_, i) => words[(i * 7 + n * 3) % words.length]), `number${n}`].join(" ");
  const bad =
    "casino jackpot voucher lottery refund crypto doubling guaranteed winner bonus payout spins".split(" ");
  const good =
    "agenda minutes kitchen parcel school invoice holiday garden bicycle rehearsal choir bakery".split(" ");
  const before = await scoreOf(body(bad, 500));
  await teach("learn_spam", (n) => message(`offer ${n}`, { body: body(bad, n) }));
  await teach("learn_ham", (n) => message(`notes ${n}`, { body: body(good, n) }));
  expect(await scoreOf(body(bad, 501))).toBeGreaterThan(before + 2);
  expect(await scoreOf(body(good, 502))).toBeLessThan(before);
});

/** As Dovecot does, which moves one message at a time; two hundred of each kind are needed before it counts. */
async function teach(lesson: "learn_spam" | "learn_ham", text: (n: number) => string): Promise<void> {
  const script = `
import json, os, subprocess, sys, tempfile
place = tempfile.mkdtemp()
for n, text in enumerate(json.load(sys.stdin)):
    open(os.path.join(place, str(n)), "w", newline="").write(text)
os.chmod(place, 0o755)
rspamc = ["rspamc", "--connect=/run/rspamd/controller.sock", "--header=Learn-Type: bulk"]
names = [os.path.join(place, name) for name in os.listdir(place)]
sys.exit(subprocess.run(["runuser", "-u", "vmail", "--", *rspamc, "${lesson}", *names]).returncode)
`;
  const input = JSON.stringify(Array.from({ length: 205 }, (_, n) => text(n)));
  const { code, stdout, stderr } = await local.on("mx1", ["python3", "-c", script], { input });
  expect(code, stdout.slice(-500) + stderr.slice(-500)).toBe(0);
}

/** What the filter writes into a message with these words. */
async function scoreOf(body: string): Promise<number> {
  const subject = randomUUID();
  expect(await send(message(subject, { body: `${body}\r\n` }))).toMatch(/^250 /);
  const status = fieldsOf(await delivered(subject)).find((field) => field.startsWith("x-spam-status:"));
  return Number(/score=(-?[\d.]+)/.exec(status ?? "")?.[1]);
}
