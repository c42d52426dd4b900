import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { CloudContext } from "../context";

/** What a Pulumi command keeps of its caller's environment: nothing that names an account, a backend or a key. */
const kept = ["PATH", "TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR"];

/** Protects secrets of the local stack's state, which hold nothing that is secret elsewhere. */
const passphrase = "local";

/** Pulumi's own home for one local cloud. */
export function pulumiHome(context: CloudContext): string {
  return join(context.dir, "pulumi", "home");
}

/** The folder of Pulumi's state for one local cloud. */
export function pulumiBackend(context: CloudContext): string {
  return join(context.dir, "pulumi", "backend");
}

/**
 * The environment in which Pulumi talks to the local cloud, and only to it: providers that already run, a backend
 * and a home of its own.
 * @param ports where the cloud's providers listen on 127.0.0.1, by package
 */
export async function pulumiEnvironment(
  context: CloudContext,
  ports: Readonly<Record<string, number>>,
  caller: NodeJS.ProcessEnv = process.env,
): Promise<NodeJS.ProcessEnv> {
  const home = pulumiHome(context);
  const backend = pulumiBackend(context);
  for (const dir of [home, backend]) await mkdir(dir, { recursive: true });
  return {
    ...Object.fromEntries(kept.flatMap((key) => (caller[key] === undefined ? [] : [[key, caller[key]]]))),
    HOME: home,
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DEBUG_PROVIDERS: Object.entries(ports)
      .map(([name, port]) => `${name}:${port}`)
      .join(","),
  };
}
