import { mkdir, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { satisfies } from "semver";
import { engines } from "../../package.json";
import { withLock } from "../lock";
import type { Progress } from "../progress";
import { run } from "../run";
import { build, pinnedVersion } from "./build";
import { download } from "./download";
import { findOnPath } from "./path";

export interface PulumiCli {
  /** Absolute path of the executable, symbolic links resolved. */
  readonly command: string;
  /** Without a leading `v`. */
  readonly version: string;
}

/**
 * Finds the Pulumi CLI or gets it: the one that `$PULUMI_CLI` names; else the one on PATH, if package.json's
 * `engines.pulumi` admits it, the one in the cache, the official download, or a build from its Go module.
 * @throws when there is none and none can be had; the message tells each way that was tried
 */
export async function ensurePulumi(
  cacheDir: string,
  progress: Progress = () => {},
  env: NodeJS.ProcessEnv = process.env,
): Promise<PulumiCli> {
  // Whoever names one wants that one: another would be a surprise.
  if (env.PULUMI_CLI) return inspect(env.PULUMI_CLI, "PULUMI_CLI");

  const root = join(cacheDir, "pulumi", pinnedVersion);
  const cached = join(root, "bin", "pulumi");
  const onPath: Way = {
    name: "on PATH",
    get: async () => inspect((await findOnPath("pulumi", env)) ?? "pulumi", "pulumi on PATH"),
  };
  const inCache: Way = { name: "in the cache", get: () => inspect(cached, "the cached one") };
  const downloaded: Way = {
    name: "download",
    get: () => download(pinnedVersion, root, progress).then(() => inspect(cached, "the downloaded one")),
  };
  const built: Way = {
    name: "build",
    get: () => build(cached, progress).then(() => inspect(cached, "the built one")),
  };

  const failures: Failures = new Map();
  const present = await firstOf([onPath, inCache], failures);
  if (present) return present;
  await mkdir(dirname(root), { recursive: true });
  const obtain = () => firstOf([inCache, downloaded, built], failures);
  const obtained = await oneAtATime(`${root}.lock`, progress, obtain);
  if (obtained) return obtained;
  const tried = [...failures].map(([way, why]) => `  ${way}: ${why.replaceAll("\n", "\n    ")}`);
  throw new Error(
    `There is no Pulumi CLI ${engines.pulumi}, and none could be had:\n${tried.join("\n")}\n` +
      "Install it (https://www.pulumi.com/docs/install/) or name one in PULUMI_CLI.",
  );
}

interface Way {
  readonly name: string;
  readonly get: () => Promise<PulumiCli>;
}

/** Why each way led to nothing. */
type Failures = Map<string, string>;

async function firstOf(ways: readonly Way[], failures: Failures): Promise<PulumiCli | undefined> {
  for (const { name, get } of ways) {
    try {
      return await get();
    } catch (error) {
      failures.set(name, (error as Error).message);
    }
  }
  return undefined;
}

/** Of several runs at once one gets it and the others wait; where there is no flock(1), each gets it for itself. */
function oneAtATime<T>(lock: string, progress: Progress, work: () => Promise<T>): Promise<T> {
  if (process.platform !== "linux") return work();
  return withLock(lock, () => progress("waiting for another run that gets it"), work);
}

/** @throws if it doesn't run or is too old */
async function inspect(command: string, what: string): Promise<PulumiCli> {
  const path = await realpath(command).catch(() => {
    throw new Error(`${command} does not exist`);
  });
  // An environment of its own: the version is the same whatever account and settings the user has.
  const { stdout } = await run([path, "version"], {
    env: { HOME: "/nonexistent", PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeout: 60_000,
  });
  const version = stdout.trim().replace(/^v/, "");
  if (satisfies(version, engines.pulumi, { includePrerelease: true })) return { command: path, version };
  throw new Error(`${what} (${path}) has version ${version}; wanted is ${engines.pulumi}`);
}
