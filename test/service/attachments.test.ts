import { describe, expect, it } from "vitest";
import { rar, withAttachments, zip } from "./support/attachments";
import { send } from "./support/smtp";

const withAttachment = (name: string, content: Buffer, type?: string) =>
  withAttachments([{ name, content, type }]);
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

  it("inside a RAR", async () => {
    const archive = rar({ "readme.txt": "Hello", "invoice/invoice.js": "alert(1)" });
    expect(await send(withAttachment("invoice.rar", archive, "application/vnd.rar"))).toMatch(refusal);
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
