import type { HostDeclaration } from "./declaration";

/** The greatest size of a message in bytes, as SMTP transfers it; every program of the host that has a limit follows. */
export function messageSizeOf({ messageBytes = 50_000_000 }: Pick<HostDeclaration, "messageBytes">): number {
  return messageBytes;
}
