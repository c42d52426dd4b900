import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../local/run";
import { installLanguageHost } from "../../local/toolchain/language-host/install";
import { ensurePulumi } from "../../local/toolchain/pulumi";
import { openTestCloud, type TestCloud } from "./support/cloud";

const checkout = resolve(__dirname, "../..");
const stackFile = resolve(checkout, "stacks/Pulumi.local.yaml");

describe("the project's own program with its local stack, by Pulumi's own commands", () => {
  let cloud: TestCloud;
  let stackBefore: string;
  const pulumi = async (...args: string[]) => {
    const command: [string, ...string[]] = [cloud.cli, ...args, "--cwd", checkout, "--non-interactive"];
    return (await run(command, { env: cloud.env })).stdout;
  };
  beforeAll(async () => {
    cloud = await openTestCloud();
    stackBefore = await readFile(stackFile, "utf8");
    await installLanguageHost(await ensurePulumi(cloud.cacheDir), cloud.env.PULUMI_HOME ?? "", cloud.env);
    await pulumi("stack", "select", "--create", "local");
  });
  afterAll(() => cloud.close());

  it("a preview creates nothing", async () => {
    expect(await pulumi("preview")).toMatch(/\+ \d+ to create/);
    expect(cloud.store.size).toBe(0);
  });

  it("an up creates everything, a second one and a refresh find nothing to do", async () => {
    expect(await pulumi("up", "--yes", "--skip-preview")).toMatch(/\+ \d+ created/);
    for (const args of [
      ["up", "--yes", "--skip-preview"],
      ["refresh", "--yes", "--skip-preview"],
      ["preview"],
    ])
      expect(await pulumi(...args)).toMatch(/Resources:\n\s+\d+ unchanged\n/);
  });

  it("the state holds neither private keys nor password hashes in plain text", async () => {
    const state = await cloud.stateText();
    expect(state).toContain("aws:s3/bucketObjectv2:BucketObjectv2");
    expect(state).not.toContain("PRIVATE KEY");
    expect(state).not.toMatch(/\$2[aby]\$|\$argon2/);
  });

  it("a destroy leaves nothing, and no run has changed the stack's file", async () => {
    expect(await pulumi("destroy", "--yes")).toMatch(/- \d+ deleted/);
    expect(cloud.store.size).toBe(0);
    expect(await readFile(stackFile, "utf8")).toBe(stackBefore);
  });
});
