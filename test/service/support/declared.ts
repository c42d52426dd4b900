import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { root } from "../../system/support/cloud";
import { local } from "./server";
import { declare } from "./stack";

/** A stack's file with all that the tests declare. @param more keys with their namespace */
export function declared(more: Readonly<Record<string, unknown>> = {}): string {
  const stack = parse(readFileSync(join(root, "stacks/Pulumi.local.yaml"), "utf8"));
  declare(stack.config);
  Object.assign(stack.config, more);
  const file = join(mkdtempSync(join(tmpdir(), "mailserver-service-")), "Pulumi.local.yaml");
  writeFileSync(file, stringify(stack));
  return file;
}

/** Has the running server become what the tests declare and, for a while, something more. */
export async function bringUpWith(more: Readonly<Record<string, unknown>>): Promise<void> {
  await must(["pulumi", "up", "--yes", "--skip-preview", "--config-file", declared(more)]);
  await must(["wait"]);
}

/** @throws with all that was said when the command fails */
export async function must(command: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await local.local(command, { timeout: 1_800_000 });
  if (code !== 0) throw new Error(`${command.join(" ")}:\n${stdout}${stderr}`);
}
