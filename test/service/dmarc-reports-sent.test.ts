import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../system/support/cloud";
import { newSigner, signed } from "../system/support/dkim";
import { must } from "./support/declared";
import { attached } from "./support/packed";
import { local } from "./support/server";
import { message, send } from "./support/smtp";
import { receive } from "./support/strangers";

const asking = "dmarc-asks.test";
const hopeful = "dmarc-hopes.test";
const address = `reports@${asking}`;
const signer = newSigner(asking, "key", "ed25519-sha256");

/** Sends what is due a day from now, as the timer does by then. */
const sendTomorrow = () =>
  local.on("mx1", [
    ...["runuser", "-u", "dmarc-reports", "-g", "dmarc-reports", "-G", "redis", "--", "python3", "-B", "-c"],
    [
      'import sys, time; sys.path.insert(0, "/usr/local/lib/mailserver/dmarc-reports")',
      "import main, settings; sys.exit(main.send(settings.load(), time.time() + 24 * 3600))",
    ].join("\n"),
  ]);

/** The elements of a name anywhere in a text. */
const texts = (xml: string, name: string) =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map(([, text]) => text);

let received: Awaited<ReturnType<typeof receive>>;
beforeAll(async () => {
  received = await receive([{ domain: asking }, { domain: hopeful }]);
  await must([
    "record",
    asking,
    `_dmarc.${asking}`,
    "TXT",
    `"v=DMARC1; p=quarantine; rua=mailto:${address}"`,
  ]);
  await must(["record", asking, `${signer.selector}._domainkey.${asking}`, "TXT", signer.record]);
  // Somebody else's address, which has not agreed.
  await must(["record", hopeful, `_dmarc.${hopeful}`, "TXT", `"v=DMARC1; p=none; rua=mailto:${address}"`]);
});
afterAll(() => received?.end());

describe("a domain that asks for reports on mail in its name (DMARC)", () => {
  it("gets one for the day, with what was forged and what was not, signed and in the standard's form", async () => {
    const header = ["To: bob@example.test", `Subject: ${randomUUID()}`];
    expect(await send(signed([`From: someone@${asking}`, ...header], "Hello Bob", [signer]))).toMatch(
      /^250 /,
    );
    for (const from of [`boss@${asking}`, `boss@${asking}`, `boss@${hopeful}`])
      expect(await send(message(randomUUID(), { from }))).toMatch(/^250 /);
    const sent = await sendTomorrow();
    expect(sent.code, sent.stdout + sent.stderr).toBe(0);
    const [mail] = await eventually(
      async () => received.mailTo(address),
      (all) => all.length > 0,
    );
    expect(mail?.from).toBe("");
    const raw = mail?.raw ?? "";
    expect(raw).toMatch(/^DKIM-Signature: [\s\S]*?d=example\.test;/m);
    expect(raw).toMatch(/^From: .*<postmaster@example\.test>/m);
    expect(raw).toMatch(/^Subject: Report Domain: dmarc-asks\.test Submitter:\s+example\.test/m);
    const xml = attached(raw, "application/gzip");
    expect(xml).toContain('<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">');
    expect(texts(xml, "p")).toEqual(["quarantine"]);
    const records = [...xml.matchAll(/<record>[\s\S]*?<\/record>/g)].map(([record]) => record);
    const seen = (disposition: string) =>
      records.filter((record) => record.includes(`<disposition>${disposition}</disposition>`)).join("\n");
    // Twice, or more often where a message was put off before it was taken.
    expect(
      texts(seen("quarantine"), "count").reduce((sum, count) => sum + Number(count), 0),
    ).toBeGreaterThanOrEqual(2);
    expect(new Set(texts(seen("quarantine"), "header_from"))).toEqual(new Set([asking]));
    expect(texts(seen("pass"), "selector")).toContain(signer.selector);
    // stranger.test vouches for its own mail, which says nothing about whom it is from.
    expect(new Set(texts(seen("pass"), "spf"))).toContain("fail");
    expect(seen("pass")).toMatch(/<domain>stranger\.test<\/domain>\s*<result>pass<\/result>/);
  });

  it("gets none twice, nor one about a domain that only says that it wants it", async () => {
    const before = received.mailTo(address).length;
    const again = await sendTomorrow();
    expect(again.code, again.stdout + again.stderr).toBe(0);
    // What is sent after it arrives after it.
    const mark = `mark@${asking}`;
    await local.on("mx1", ["sendmail", "-f", "postmaster@example.test", mark], {
      input: "Subject: mark\n\n",
    });
    await eventually(
      async () => received.mailTo(mark),
      (all) => all.length > 0,
    );
    expect(before).toBe(1);
    expect(received.mailTo(address)).toHaveLength(1);
  });
});
