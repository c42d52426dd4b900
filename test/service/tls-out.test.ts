import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { eventually } from "../system/support/cloud";
import { local } from "./support/server";
import { people } from "./support/stack";
import { receive, type Stranger } from "./support/strangers";
import { submit } from "./support/submit";

const strangers = [
  { domain: "sts-good.test", sts: "mx.sts-good.test" },
  { domain: "sts-wrong.test", sts: "mx.sts-wrong.test", certificateFor: "mx.elsewhere.test" },
  { domain: "sts-other.test", sts: "mx.elsewhere.test" },
  {
    domain: "sts-testing.test",
    sts: "mx.elsewhere.test",
    stsMode: "testing",
    certificateFor: "mx.elsewhere.test",
  },
  { domain: "bogus.test", bogus: true },
  { domain: "plain-wrong.test", certificateFor: "mx.elsewhere.test" },
  { domain: "dane-good.test", tlsa: "right" },
  { domain: "dane-wrong.test", tlsa: "wrong" },
  { domain: "dane-hidden.test", tlsa: "unanswered" },
  { domain: "both-dane.test", tlsa: "right", sts: "mx.elsewhere.test", certificateFor: "mx.elsewhere.test" },
  { domain: "both-sts.test", tlsa: "wrong", sts: "mx.both-sts.test" },
  { domain: "hidden-sts.test", tlsa: "unanswered", sts: "mx.hidden-sts.test" },
] as const satisfies readonly Stranger[];

let received: Awaited<ReturnType<typeof receive>>;
beforeAll(async () => {
  received = await receive(strangers);
});
afterAll(() => received?.end());

/** Sends a message, and says what has become of it: delivered, or why it waits. */
async function send(domain: string): Promise<string> {
  const to = `someone+${randomUUID()}@${domain}`;
  const { code, stdout } = await submit(people.bob, "--to", to);
  expect(code, stdout).toBe(0);
  const outcome = await eventually(
    async () => {
      const [mail] = received.mailTo(to);
      if (mail) return mail.tls ? "delivered with TLS" : "delivered without TLS";
      const { stdout: queue } = await local.on("mx1", ["postqueue", "-j"]);
      const waiting = queue
        .split("\n")
        .filter(Boolean)
        .flatMap((line) => JSON.parse(line).recipients as { address: string; delay_reason?: string }[]);
      return waiting.find(({ address }) => address === to)?.delay_reason ?? "";
    },
    (said) => said !== "",
  );
  // What waits would go out with each later look at the queue.
  await local.on("mx1", [
    "sh",
    "-c",
    `postqueue -j | grep -F '${to}' | grep -o '"queue_id": "[^"]*"' | cut -d'"' -f4 | postsuper -d -`,
  ]);
  return outcome;
}

it.each([
  ["sts-good.test", "whose MTA-STS policy its mail server fulfils"],
  ["sts-testing.test", "that is only testing its MTA-STS policy, which its mail server does not fulfil"],
  ["plain-wrong.test", "that has no policy, whatever its certificate is for"],
  ["dane-good.test", "whose TLSA record vouches for its certificate"],
  ["both-dane.test", "that is known by DANE, whatever its MTA-STS policy says: DANE goes first"],
])("delivers to a domain (%s) %s", async (domain) => {
  expect(await send(domain)).toBe("delivered with TLS");
});

it.each([
  [
    "sts-wrong.test",
    "whose MTA-STS policy is in force and whose certificate is for another name",
    /certificate/,
  ],
  ["sts-other.test", "whose mail server is none of those in its MTA-STS policy", /unable to receive mail/],
  [
    "dane-wrong.test",
    "whose TLSA record is of another certificate",
    /Server certificate not trusted|not verified/,
  ],
  ["bogus.test", "whose records are not what it has signed (DNSSEC)", /name=bogus\.test type=MX.*try again/],
  ["dane-hidden.test", "whose TLSA record can't be looked up, as if somebody hid it", /TLSA lookup error/],
  [
    "both-sts.test",
    "whose MTA-STS policy is fulfilled and whose TLSA record is not",
    /not trusted|not verified/,
  ],
  [
    "hidden-sts.test",
    "whose MTA-STS policy is fulfilled and whose TLSA record can't be looked up",
    /TLSA lookup error/,
  ],
])("puts mail off to a domain (%s) %s", async (domain, _, reason) => {
  expect(await send(domain)).toMatch(reason);
});

it("keeps the policies it has fetched on the data volume", async () => {
  await send("sts-good.test");
  const query =
    "import sqlite3; print(*[row[0] for row in sqlite3.connect('/srv/mailserver/mta-sts/cache.db').execute('SELECT domain FROM sts_policy_cache')])";
  const { stdout, stderr } = await local.on("mx1", ["python3", "-c", query]);
  expect(stdout, stderr).toMatch(/sts-good\.test/);
});

it("holds no memory for it while no mail goes out", async () => {
  const units = ["mailserver-tls-policy.service", "postfix-mta-sts-resolver.service"];
  await eventually(
    async () => (await local.on("mx1", ["systemctl", "is-active", ...units])).stdout.trim().split("\n"),
    (states) => states.every((state) => state === "inactive"),
    { within: 400_000, every: 5_000 },
  );
});
