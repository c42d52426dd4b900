import { randomUUID } from "node:crypto";
import { crc32 } from "node:zlib";
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

/**
 * A RAR (version 5) of short files, stored as they are; nothing free writes the format.
 * Source: RARLAB, "RAR 5.0 archive format".
 */
export function rar(files: Readonly<Record<string, string>>): Buffer {
  const header = (...fields: (number | Buffer)[]) => {
    const content = Buffer.concat(fields.map((field) => (Buffer.isBuffer(field) ? field : byte(field))));
    const sized = Buffer.concat([byte(content.length), content]);
    return Buffer.concat([checksum(sized), sized]);
  };
  const [archive, file, end] = [1, 2, 5];
  const [none, hasData, hasChecksum] = [0, 2, 4];
  return Buffer.concat([
    Buffer.from("Rar!\x1a\x07\x01\x00", "latin1"),
    header(archive, none, none),
    ...Object.entries(files).flatMap(([name, text]) => {
      const [path, data] = [Buffer.from(name), Buffer.from(text)];
      const size = data.length;
      const stored = 0;
      const windows = 0;
      return [
        header(
          ...[file, hasData, size, hasChecksum, size, none, checksum(data), stored, windows],
          ...[path.length, path],
        ),
        data,
      ];
    }),
    header(end, none, none),
  ]);
}

/** A number as the format writes those below 128. */
function byte(value: number): Buffer {
  if (value > 127) throw new RangeError(`${value}: the files are too long for this writer`);
  return Buffer.from([value]);
}

function checksum(data: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(crc32(data));
  return bytes;
}
