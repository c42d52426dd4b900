import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { root } from "../../system/support/cloud";
import { local } from "./server";
import { declare } from "./stack";

/** Keys with their namespace, or what changes the whole configuration. */
type Change = Readonly<Record<string, unknown>> | ((config: Record<string, unknown>) => void);

/** A stack's file with all that the tests declare, and something more. */
export function declared(more: Change = {}): string {
  const stack = parse(readFileSync(join(root, "stacks/Pulumi.local.yaml"), "utf8"));
  declare(stack.config);
  if (typeof more === "function") more(stack.config);
  else Object.assign(stack.config, more);
  const file = join(mkdtempSync(join(tmpdir(), "mailserver-service-")), "Pulumi.local.yaml");
  writeFileSync(file, stringify(stack));
  return file;
}

/** Has the running server become what the tests declare and, for a while, something more. */
export async function bringUpWith(more: Change): Promise<void> {
  await must(["pulumi", "up", "--yes", "--skip-preview", "--config-file", declared(more)]);
  await must(["wait"]);
}

/** @throws with all that was said when the command fails */
export async function must(command: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await local.local(command, { timeout: 1_800_000 });
  if (code !== 0) throw new Error(`${command.join(" ")}:\n${stdout}${stderr}`);
}
