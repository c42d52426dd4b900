import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../system/support/cloud";
import { local } from "./support/server";
import { send as comesAgain } from "./support/smtp";

const support = join(__dirname, "../unit/host/reports");

/** A message as the unit tests make it, by an expression of theirs. */
function message(expression: string): Buffer {
  const code = `import sys; from support import *; sys.stdout.buffer.write(${expression})`;
  return execFileSync("python3", ["-B", "-c", code], { cwd: support, maxBuffer: 64 * 1024 * 1024 });
}

async function send(to: string, data: Buffer) {
  const lines = Buffer.from(data.toString("latin1").replace(/\r?\n/g, "\r\n"), "latin1");
  expect(await comesAgain(lines, { to })).toMatch(/^250 /);
}

const kept = async () => (await local.on("mx1", ["sh", "-c", "cat /srv/mailserver/reports/*.jsonl"])).stdout;

describe("reports that other servers send", () => {
  let before: number;

  beforeAll(async () => {
    before = (await kept()).split("\n").length;
    await send("dmarc-reports@example.test", message("message(gzipped(GOOGLE))"));
    await send("dmarc-reports@example.test", message("message(zipped(MICROSOFT), subtype='zip')"));
    await send("tls-reports@example.test", message("message(gzipped(TLS), subtype='tlsrpt+gzip')"));
    const bomb = `b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/shadow">]><feedback>&e;</feedback>'`;
    await send("dmarc-reports@example.test", message(`message(gzipped(${bomb}))`));
    await send("dmarc-reports@example.test", message("message(gzipped(b'<feedback>' + b' ' * 100_000_000))"));
    await eventually(kept, (lines) => lines.split("\n").length - before >= 5);
  });

  it("are summed up in the daily report by source, with senders that SPF does not know", async () => {
    const { stdout } = await local.on("mx1", ["mailserver-report"]);
    expect(stdout).toContain(
      "Mail in the name of the domains, as Enterprise Outlook, google.com saw it (DMARC)",
    );
    expect(stdout).toMatch(/^ {2}example\.test from 203\.0\.113\.129: 12 passed, 0 failed$/m);
    expect(stdout).toMatch(
      /^ {2}example\.test from 198\.51\.100\.7: 0 passed, 3 failed, not in SPF and new$/m,
    );
    expect(stdout).toMatch(/^ {2}to example\.test: 41 sessions, 2 failed$/m);
  });

  it("do no harm when they are hostile: they are noted, and neither bounced nor tried again", async () => {
    const { stdout } = await local.on("mx1", ["mailserver-report"]);
    expect(stdout).toContain("XML: it declares a document type or an entity");
    expect(stdout).toContain("gzip: broken, or larger than 20000000 bytes");
    expect(await kept()).not.toContain("root:");
    expect((await local.on("mx1", ["postqueue", "-j"])).stdout).not.toContain("-reports@");
  });

  it("are read by a user who owns nothing else", async () => {
    const { stdout } = await local.on("mx1", ["stat", "--format", "%U %a", "/srv/mailserver/reports"]);
    expect(stdout.trim()).toBe("mailreports 750");
    const files = await local.on("mx1", [
      "sh",
      "-c",
      "stat --format %U /srv/mailserver/reports/*.jsonl | sort -u",
    ]);
    expect(files.stdout.trim()).toBe("mailreports");
  });
});
