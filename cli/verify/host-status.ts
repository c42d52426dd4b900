import { createReadStream } from "node:fs";
import { type HostStatus, parseHostStatus } from "../../verify/host/status";
import type { VerifyOptions } from "./arguments";

/** Bytes; that of a host with a thousand domains has a tenth of it. */
const limit = 1024 * 1024;

/** @returns undefined where none is given @throws with what is wrong with it, and how it is got */
export async function readHostStatus({
  hostStatus: file,
}: Pick<VerifyOptions, "hostStatus">): Promise<HostStatus | undefined> {
  if (file === undefined) return undefined;
  try {
    return parseHostStatus(await read(file));
  } catch (error) {
    throw new Error(
      `--host-status ${file}: ${(error as Error).message}\n` +
        "Wanted is the JSON object that the host writes to its bucket, or one as docs/verify.md describes it.",
    );
  }
}

async function read(file: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of file === "-" ? process.stdin : createReadStream(file)) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > limit) throw new Error(`It is larger than ${limit / 1024} KiB.`);
  }
  return Buffer.concat(chunks).toString();
}
