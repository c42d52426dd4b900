import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../system/support/cloud";
import { attached, unpacked } from "./support/packed";
import { local } from "./support/server";
import { people } from "./support/stack";
import { receive, type Stranger } from "./support/strangers";
import { submit } from "./support/submit";

const address = "reports@asks-good.test";
const reports = `mailto:${address}`;
const url = "https://mta-sts.asks-https.test/reports";
const strangers = [
  { domain: "asks-good.test", sts: "mx.asks-good.test", reports },
  { domain: "asks-wrong.test", sts: "mx.asks-wrong.test", certificateFor: "mx.elsewhere.test", reports },
  { domain: "asks-https.test", sts: "mx.asks-https.test", reports: url },
] as const satisfies readonly Stranger[];

const program = "/usr/local/lib/mailserver/tls-reports";
const python = (code: string) =>
  local.on("mx1", [
    ...["runuser", "-u", "tls-reports", "--", "python3", "-B", "-c"],
    `import sys, time; sys.path.insert(0, "${program}")\n${code}`,
  ]);

/** Sessions counted today with a domain: successes and failures. */
async function counted(domain: string): Promise<string> {
  const { stdout } = await python(
    `import journal, settings
told = journal.Journal(settings.load().state).counted(journal.day_of(time.time()), "${domain}")
print(sum(each.successes for each in told), sum(each.failures for each in told))`,
  );
  return stdout.trim();
}

/** Sends what is due a day from now, as the timer does by then. */
const sendTomorrow = () =>
  python("import main, settings\nsys.exit(main.send(settings.load(), time.time() + 24 * 3600))");

interface Report {
  readonly "organization-name": string;
  readonly "date-range": Readonly<Record<string, string>>;
  readonly "contact-info": string;
  readonly "report-id": string;
  readonly policies: readonly Readonly<Record<string, unknown>>[];
}

const parsed = (text: string): Report => JSON.parse(text);

let received: Awaited<ReturnType<typeof receive>>;
beforeAll(async () => {
  received = await receive(strangers);
  for (const { domain } of strangers) {
    const { code, stdout } = await submit(people.bob, "--to", `someone@${domain}`);
    expect(code, stdout).toBe(0);
  }
});
afterAll(() => received?.end());

describe("a domain that asks for reports on TLS", () => {
  it("has its sessions counted, those that failed too", async () => {
    await eventually(
      () => counted("asks-good.test"),
      (told) => /^[1-9]\d* 0$/.test(told),
    );
    await eventually(
      () => counted("asks-https.test"),
      (told) => /^[1-9]\d* 0$/.test(told),
    );
    await eventually(
      () => counted("asks-wrong.test"),
      (told) => /^0 [1-9]/.test(told),
    );
  });

  it("gets a report for the day, signed and in the standard's form, that tells what failed and why", async () => {
    const sent = await sendTomorrow();
    expect(sent.code, sent.stdout + sent.stderr).toBe(0);
    const mails = await eventually(
      async () => received.mailTo(address),
      (all) => all.length >= 2,
    );
    expect(mails).toHaveLength(2);
    for (const { from, raw } of mails) {
      expect(from).toBe("");
      expect(raw).toMatch(/^DKIM-Signature: [\s\S]*?d=example\.test;/m);
      expect(raw).toMatch(/^From: .*<postmaster@example\.test>/m);
      expect(raw).toMatch(/^TLS-Report-Domain: asks-(good|wrong)\.test/m);
      expect(raw).toMatch(/^TLS-Report-Submitter: example\.test/m);
      expect(raw).toMatch(/^Content-Type: multipart\/report;[\s\S]*?report-type="?tlsrpt"?/m);
    }
    const day = new Date().toISOString().slice(0, 10);
    const all = mails.map(({ raw }) => parsed(attached(raw, "application/tlsrpt+gzip")));
    const [good] = all.filter((report) => JSON.stringify(report).includes("asks-good"));
    const [wrong] = all.filter((report) => JSON.stringify(report).includes("asks-wrong"));
    expect(good).toMatchObject({
      "organization-name": "example.test",
      "contact-info": "postmaster@example.test",
      "date-range": { "start-datetime": `${day}T00:00:00Z`, "end-datetime": `${day}T23:59:59Z` },
      policies: [
        {
          policy: {
            "policy-type": "sts",
            "policy-domain": "asks-good.test",
            "mx-host": ["mx.asks-good.test"],
          },
          summary: { "total-successful-session-count": 1, "total-failure-session-count": 0 },
        },
      ],
    });
    expect(wrong).toMatchObject({
      policies: [
        {
          policy: { "policy-type": "sts", "policy-domain": "asks-wrong.test" },
          summary: { "total-successful-session-count": 0 },
          "failure-details": [
            { "result-type": "certificate-host-mismatch", "receiving-mx-hostname": "mx.asks-wrong.test" },
          ],
        },
      ],
    });
  });

  it("gets it by HTTPS if it asks for that", () => {
    const posted = received.postedTo(url);
    expect(posted.map(({ type }) => type)).toEqual(["application/tlsrpt+gzip"]);
    expect(parsed(unpacked(posted[0]?.content ?? ""))).toMatchObject({
      "organization-name": "example.test",
      policies: [
        {
          policy: { "policy-domain": "asks-https.test" },
          summary: { "total-successful-session-count": 1, "total-failure-session-count": 0 },
        },
      ],
    });
  });

  it("hears nothing of the sessions in which reports were sent, and gets none twice", async () => {
    const before = await counted("asks-good.test");
    const again = await sendTomorrow();
    expect(again.code, again.stdout + again.stderr).toBe(0);
    // A message of a user is counted after it: what the reports were told of is in the books by now.
    const { code } = await submit(people.bob, "--to", "someone@asks-good.test");
    expect(code).toBe(0);
    const expected = `${Number(before.split(" ")[0]) + 1} 0`;
    await eventually(
      () => counted("asks-good.test"),
      (told) => told === expected,
    );
    expect(before).toBe("1 0");
    expect(received.mailTo(address)).toHaveLength(2);
    expect(received.postedTo(url)).toHaveLength(1);
  });
});
