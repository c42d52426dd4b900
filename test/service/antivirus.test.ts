import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../system/support/cloud";
import { type Attachment, withAttachments, zip } from "./support/attachments";
import { bringUpWith, must } from "./support/declared";
import { delivered } from "./support/delivered";
import { local } from "./support/server";
import { message, send } from "./support/smtp";
import { people } from "./support/stack";
import { submit } from "./support/submit";

/** The test file of the European Institute for Computer Antivirus Research, in pieces: scanners read this file too. */
const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", "STANDARD", "ANTIVIRUS", "TEST", "FILE!$H+H*"].join("-");
/** A signature as an operator adds one, `NAME:TYPE:OFFSET:HEX`. */
const signature = `Test.Eicar:0:0:${Buffer.from(eicar).toString("hex")}\n`;
const signatures = "/var/lib/clamav/own.ndb";

const malware: Attachment = { name: "notes.bin", content: Buffer.from(eicar) };
const found = /^554 5\.7\.1 Malware found: Test\.Eicar/;
const notReady = /^451 4\.7\.1 The virus scanner is not ready, try again later$/m;

const host = async (...command: string[]) => (await local.on("mx1", command)).stdout.trim();
const status = async () => (await local.local(["status"])).stdout;
const clean = () => send(message(randomUUID()));
/** Rspamd's processes of before take mail for some seconds more. */
const soon = (ask: () => Promise<string>, wanted: RegExp) => eventually(ask, (said) => wanted.test(said));

/** A scanner that has no memory left, and says so. */
const helpless = `
import os, socket
path = "/run/clamav/clamd.ctl"
if os.path.exists(path):
    os.unlink(path)
server = socket.socket(socket.AF_UNIX)
server.bind(path)
os.chmod(path, 0o666)
server.listen()
while True:
    connection, _ = server.accept()
    with connection:
        asked = b""
        while not asked.endswith(bytes(4)):
            asked += connection.recv(65536)
        connection.sendall(b"stream: Can't allocate memory ERROR\\0")
`;

/** What is said to Bob when he submits a file. */
async function submitted(content: string): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), "mailserver-antivirus-"));
  try {
    const file = join(dir, "notes.bin");
    writeFileSync(file, content);
    const attachment = ["--attach-type", "application/octet-stream", "--attach", `@${file}`];
    return (await submit(people.bob, "--to", people.carol.user, ...attachment)).stdout;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

beforeAll(async () => {
  await bringUpWith({ "mailserver:antivirus": "true" });
  await must(["zone", "wary.test"]);
  await must(["record", "wary.test", "_dmarc.wary.test", "TXT", '"v=DMARC1; p=quarantine"']);
});
afterAll(async () => {
  await host("rm", "-f", signatures);
  await bringUpWith({});
});

describe("a virus scanner without signatures", () => {
  it("keeps nobody from starting the host, has all mail come again, and the operator is told why", async () => {
    await soon(clean, notReady);
    expect(await submitted("nothing bad")).toContain(
      "451 4.7.1 The virus scanner is not ready, try again later",
    );
    const told = await eventually(status, (text) => text.includes("the virus scanner does not answer"));
    expect(told).toMatch(/: ready\n/);
    expect(told).toContain("journalctl -u clamav-freshclam");
    // The internet has no signatures here.
    await eventually(
      () => host("journalctl", "-u", "clamav-freshclam", "-o", "cat"),
      (journal) => journal.includes("Update failed"),
    );
    expect(await host("systemctl", "is-active", "clamav-freshclam.service")).toBe("active");
  });

  it("does not hold up the host's own mail", async () => {
    const subject = randomUUID();
    const { code } = await local.on("mx1", ["sendmail", people.bob.user], {
      input: `Subject: ${subject}\n\nHello\n`,
    });
    expect(code).toBe(0);
    expect(await delivered(subject)).toContain("Hello");
  });
});

describe("a virus scanner with signatures", () => {
  beforeAll(async () => {
    const { code } = await local.on("mx1", ["sh", "-c", `cat >${signatures}`], { input: signature });
    expect(code).toBe(0);
    await eventually(clean, (said) => said.startsWith("250 "));
  });

  it("lets clean mail pass, which arrives", async () => {
    const subject = randomUUID();
    expect(await send(withAttachments([{ ...malware, content: Buffer.from("Hello") }], { subject }))).toMatch(
      /^250 /,
    );
    expect(await delivered(subject)).toContain(subject);
  });

  it("has malware refused, by the name of its signature", async () => {
    expect(await send(withAttachments([malware]))).toMatch(found);
  });

  it("finds it in an archive", async () => {
    const content = await zip({ "readme.txt": "Hello", "notes/notes.bin": eicar });
    expect(await send(withAttachments([{ name: "notes.zip", content }]))).toMatch(found);
  });

  it("finds it in what a user submits", async () => {
    expect(await submitted(eicar)).toMatch(/^<~\* 554 5\.7\.1 Malware found: Test\.Eicar/m);
    expect(await submitted("nothing bad")).toMatch(/^<~ {2}250 /m);
  });

  it("finds it in a message that begins like a program", async () => {
    expect(await send(`MZ: 1\r\n${withAttachments([malware])}`)).toMatch(found);
  });

  it("finds it in a message that is marked as spam by its domain's wish", async () => {
    expect(await send(withAttachments([malware], { from: "someone@wary.test" }))).toMatch(found);
  });

  it("finds it behind almost all that a message can hold, and takes as much without it", async () => {
    const noise = { name: "noise.bin", content: randomBytes(36_400_000) };
    expect(withAttachments([noise, malware]).length).toBeGreaterThan(49_500_000);
    expect(await send(withAttachments([noise]))).toMatch(/^250 /);
    expect(await send(withAttachments([noise, malware]))).toMatch(found);
  });

  it("refuses what it can't look into to the end, and says so", async () => {
    const levels = Array.from({ length: 20 }, (_, n) => `level-${n}`);
    const parts = levels.map(
      (level) => `Content-Type: multipart/mixed; boundary=${level}\r\n\r\n--${level}\r\n`,
    );
    const head = message(randomUUID()).split("Content-Type:")[0];
    const said = await send(`${head}${parts.join("")}Content-Type: text/plain\r\n\r\nHello\r\n`);
    expect(said).toMatch(
      /^554 5\.7\.1 Too large or nested too deeply, once unpacked, to be scanned for malware/,
    );
  });

  it("is asked by Rspamd alone, and is the first to go where memory runs out", async () => {
    expect(await host("stat", "--format", "%U:%G %a", "/run/clamav")).toBe("clamav:_rspamd 750");
    expect(await host("ss", "--listening", "--tcp", "--processes")).not.toContain("clamd");
    const pid = await host("systemctl", "show", "--property", "MainPID", "--value", "clamav-daemon.service");
    expect(await host("cat", `/proc/${pid}/oom_score_adj`)).toBe("500");
  });

  it("is told to lack ClamAV's own signatures", async () => {
    await eventually(status, (text) => text.includes("the virus scanner has no signatures of ClamAV's"));
  });
});

describe("a virus scanner that fails", () => {
  beforeAll(async () => {
    await host("systemctl", "stop", "mailserver-agent.service", "clamav-daemon.path");
    expect(await host("systemctl", "is-active", "clamav-daemon.service")).toBe("inactive");
  });

  it("has mail come again when it is gone, whatever is in it", async () => {
    expect(await clean()).toMatch(notReady);
    expect(await send(withAttachments([malware]))).toMatch(notReady);
    expect(await send(withAttachments([], { from: "someone@wary.test" }))).toMatch(notReady);
  });

  it("has mail come again when it answers with an error", async () => {
    await host("systemd-run", "--collect", "--unit=helpless", "python3", "-c", helpless);
    const answer = "CLAMD_FAIL(0.00){stream: Can't allocate memory ERROR;}";
    await eventually(
      async () => {
        expect(await clean()).toMatch(notReady);
        return host("journalctl", "-u", "rspamd", "-n", "50", "-o", "cat");
      },
      (journal) => journal.includes(answer),
    );
    await host("systemctl", "stop", "helpless.service");
  });

  it("is brought back by the host itself", async () => {
    await host("systemctl", "start", "mailserver-agent.service");
    await eventually(clean, (said) => said.startsWith("250 "));
  });
});

describe("a virus scanner that is taken out again", () => {
  beforeAll(() => bringUpWith({}));

  it("is not asked any more, and does not run", async () => {
    await soon(() => send(withAttachments([malware])), /^250 /);
    for (const unit of ["clamav-daemon.service", "clamav-daemon.path", "clamav-freshclam.service"])
      expect(await host("systemctl", "is-active", unit), unit).toBe("inactive");
    expect(await status()).not.toContain("virus scanner");
  });
});
