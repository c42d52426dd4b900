import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pinnedVersion } from "../../../local/toolchain/build";
import { ensurePulumi } from "../../../local/toolchain/pulumi";

let dir: string;
beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), "toolchain-")));
});
afterEach(() => rm(dir, { recursive: true }));

/** An executable that says it is a Pulumi CLI of a version. */
async function cli(version: string, ...path: string[]): Promise<string> {
  const file = join(dir, ...path, "pulumi");
  await mkdir(join(dir, ...path), { recursive: true });
  await writeFile(file, `#!/bin/sh\n[ "$1" = version ] && echo v${version}\n`, { mode: 0o755 });
  return file;
}

const cached = () => cli(pinnedVersion, "cache", "pulumi", pinnedVersion, "bin");
const find = (env: NodeJS.ProcessEnv) => ensurePulumi(join(dir, "cache"), () => {}, env);

describe("the Pulumi CLI that is used", () => {
  it("is the one that PULUMI_CLI names, before all others", async () => {
    await cached();
    await cli("3.300.0", "path");
    const named = await cli("3.299.0", "named");
    expect(await find({ PULUMI_CLI: named, PATH: join(dir, "path") })).toEqual({
      command: named,
      version: "3.299.0",
    });
  });

  it("is the one on PATH if it is new enough", async () => {
    await cached();
    const command = await cli("3.300.0", "path");
    expect(await find({ PATH: `/nowhere:${join(dir, "path")}` })).toEqual({ command, version: "3.300.0" });
  });

  it("is the cached one if that on PATH is too old", async () => {
    await cli("3.100.0", "path");
    const command = await cached();
    expect(await find({ PATH: join(dir, "path") })).toEqual({ command, version: pinnedVersion });
  });

  it("is no other than the one that PULUMI_CLI names, even if that can't be used", async () => {
    await cached();
    const old = await cli("3.100.0", "named");
    await expect(find({ PULUMI_CLI: old })).rejects.toThrow(
      `PULUMI_CLI (${old}) has version 3.100.0; wanted is >=3.248.0`,
    );
    await expect(find({ PULUMI_CLI: join(dir, "none") })).rejects.toThrow("none does not exist");
  });
});
