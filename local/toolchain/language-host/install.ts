import { mkdir, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { findOnPath, isExecutable } from "../path";
import type { PulumiCli } from "../pulumi";

const name = "pulumi-language-nodejs";

/**
 * Puts this project's language host among the plugins of a Pulumi home, unless the CLI has one beside it, as the
 * official release does, or PATH has one.
 */
export async function installLanguageHost(
  cli: PulumiCli,
  pulumiHome: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const plugin = join(pulumiHome, "plugins", `language-nodejs-v${cli.version}`);
  await rm(plugin, { recursive: true, force: true });
  if (await isExecutable(join(dirname(cli.command), name))) return;
  if (await findOnPath(name, env)) return;
  await mkdir(plugin, { recursive: true });
  await symlink(join(__dirname, name), join(plugin, name));
}
