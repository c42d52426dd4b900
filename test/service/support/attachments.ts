import { randomUUID } from "node:crypto";
import { run } from "../../../local/run";

export interface Attachment {
  readonly name: string;
  readonly content: Buffer;
  /** @default application/octet-stream */
  readonly type?: string;
}

/** A message of a stranger to Bob with attachments. */
export function withAttachments(
  attachments: readonly Attachment[],
  { from = "someone@stranger.test", subject = randomUUID() as string } = {},
): string {
  const boundary = randomUUID();
  return [
    `From: Some One <${from}>`,
    "To: Bob <bob@example.test>",
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${subject}@stranger.test>`,
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    "",
    `--${boundary}`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Hello Bob, here is what you have asked for.",
    ...attachments.flatMap(({ name, content, type = "application/octet-stream" }) => [
      `--${boundary}`,
      `Content-Type: ${type}`,
      `Content-Disposition: attachment; filename="${name}"`,
      "Content-Transfer-Encoding: base64",
      "",
      // One text: a list's items can't be arguments by the hundred thousand.
      (content.toString("base64").match(/.{1,76}/g) ?? []).join("\r\n"),
    ]),
    `--${boundary}--`,
    "",
  ].join("\r\n");
}

/** Python's zip, so that nobody here decides what a zip is. */
export async function zip(files: Readonly<Record<string, string>>): Promise<Buffer> {
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
