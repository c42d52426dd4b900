import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll } from "vitest";
import { parse, stringify } from "yaml";
import { root } from "../../system/support/cloud";
import { installTools } from "../../system/support/tools";
import { local } from "./server";
import { declare, secondDomain } from "./stack";

let started: Promise<void> | undefined;

// The first time it builds images and waits for a first boot.
beforeAll(() => {
  started ??= bringUp();
  return started;
}, 1_800_000);

/** Brings the server up once for all files, which share one process. Where it can't, each test fails and says why. */
async function bringUp(): Promise<void> {
  await installTools();
  const stack = parse(readFileSync(join(root, "stacks/Pulumi.local.yaml"), "utf8"));
  declare(stack.config);
  const file = join(mkdtempSync(join(tmpdir(), "mailserver-service-")), "Pulumi.local.yaml");
  writeFileSync(file, stringify(stack));
  for (const command of [
    ["start"],
    ["zone", secondDomain],
    ["pulumi", "up", "--yes", "--skip-preview", "--config-file", file],
    ["wait"],
  ]) {
    const { code, stdout, stderr } = await local.local(command, { timeout: 1_800_000 });
    if (code !== 0)
      throw new Error(`${command.join(" ")}: no test of the service can run:\n${stdout}${stderr}`);
  }
}
