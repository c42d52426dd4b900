import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { run } from "../../local/run";
import { send } from "./support/smtp";

/** Python's zip, so that nobody here decides what a zip is. */
async function zip(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const program = `
import io, json, sys, zipfile
buffer = io.BytesIO()
with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
    for name, content in json.load(sys.stdin).items():
        archive.writestr(name, content)
print(buffer.getvalue().hex())
`;
  const { stdout } = await run(["python3", "-c", program], { input: JSON.stringify(files) });
  return Buffer.from(stdout.trim(), "hex");
}

/** A message of a stranger with an attachment. */
function withAttachment(name: string, content: Buffer, type = "application/octet-stream"): string {
  const id = randomUUID();
  return [
    "From: Some One <someone@stranger.test>",
    "To: Bob <bob@example.test>",
    `Subject: ${id}`,
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${id}@stranger.test>`,
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${id}"`,
    "",
    `--${id}`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Hello Bob, here is what you have asked for.",
    `--${id}`,
    `Content-Type: ${type}`,
    `Content-Disposition: attachment; filename="${name}"`,
    "Content-Transfer-Encoding: base64",
    "",
    ...(content.toString("base64").match(/.{1,76}/g) ?? []),
    `--${id}--`,
    "",
  ].join("\r\n");
}

const script = Buffer.from("@echo off\r\necho Hello\r\n");
const refusal = /^554 5\.7\.1 Attachments that can run are not accepted/;

describe("an attachment that can run is refused", () => {
  it.each([
    ["a program", "setup.exe"],
    ["in capitals", "SETUP.EXE"],
    ["that looks like a document", "invoice.pdf.scr"],
    ["with dots at the end, which Windows leaves out", "invoice.cmd. ."],
    ["a script", "invoice.js"],
    ["a shortcut", "photo.lnk"],
    ["a disk image", "documents.iso"],
  ])("%s: %s", async (_, name) => {
    expect(await send(withAttachment(name, script))).toMatch(refusal);
  });

  it("as text, which it may well be", async () => {
    expect(await send(withAttachment("invoice.bat", script, "text/plain"))).toMatch(refusal);
  });

  it("inside a zip", async () => {
    const archive = await zip({ "readme.txt": "Hello", "invoice/invoice.js": "alert(1)" });
    expect(await send(withAttachment("invoice.zip", archive, "application/zip"))).toMatch(refusal);
  });
});

describe("an attachment that cannot run is taken", () => {
  it("a document", async () => {
    const document = Buffer.from("%PDF-1.4\n%%EOF\n");
    expect(await send(withAttachment("report.pdf", document, "application/pdf"))).toMatch(/^250 /);
  });

  it("a zip of pictures and texts", async () => {
    const archive = await zip({
      "a.txt": "Hello",
      "b.txt": "Bob",
      "setup.exe guide.txt": "a name in the middle",
    });
    expect(await send(withAttachment("texts.zip", archive, "application/zip"))).toMatch(/^250 /);
  });
});
