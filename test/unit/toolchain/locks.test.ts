import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { locateCloud } from "../../../local/locate";
import { pulumiBackend } from "../../../local/toolchain/environment";
import { removeStaleLocks } from "../../../local/toolchain/locks";

let checkout: string;
beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), "locks-"));
});
afterEach(() => rm(checkout, { recursive: true }));

const context = () => locateCloud(checkout, "local");

/** A lock as Pulumi's file backend writes it. */
async function lock(pid: number): Promise<string> {
  const dir = join(pulumiBackend(context()), ".pulumi/locks/organization/mailserver/local");
  await mkdir(dir, { recursive: true });
  const file = join(dir, `${pid}.json`);
  await writeFile(
    file,
    JSON.stringify({ pid, username: "root", hostname: "vm", timestamp: "2026-11-24T00:00:00Z" }),
  );
  await writeFile(`${file}.attrs`, "{}");
  return file;
}

async function endedProcess(): Promise<number> {
  const child = spawn("true");
  await once(child, "exit");
  return child.pid ?? 0;
}

describe("a lock on a stack", () => {
  it("of a command that was killed is removed, so that the next one runs, and the loss is told", async () => {
    const file = await lock(await endedProcess());
    expect(await removeStaleLocks(context())).toBe(true);
    expect(existsSync(file) || existsSync(`${file}.attrs`)).toBe(false);
    expect(await removeStaleLocks(context())).toBe(false);
  });

  it("of a command that runs stays", async () => {
    const file = await lock(process.pid);
    expect(await removeStaleLocks(context())).toBe(false);
    expect(existsSync(file)).toBe(true);
  });

  it("is not looked for before there is a stack", async () => {
    expect(await removeStaleLocks(context())).toBe(false);
  });
});
