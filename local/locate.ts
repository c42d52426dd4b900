import { createHash } from "node:crypto";
import { readFileSync, realpathSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { CloudContext } from "./context";

/**
 * Where the local cloud of a name has its things. Nothing is made.
 * @param checkout the directory that the cloud belongs to; its state is kept in `.local/` there
 * @throws if the name could not be part of the names of files, namespaces and control groups
 */
export function locateCloud(checkout: string, name: string): CloudContext {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name)) {
    throw new Error(
      `"${name}" can't be the name of a local cloud: at most 31 lower-case letters, digits and hyphens, beginning with a letter.`,
    );
  }
  const root = realpathSync(checkout);
  const id = `pms-${createHash("sha256").update(`${root}\0${name}`).digest("hex").slice(0, 8)}`;
  return {
    id,
    name,
    dir: join(root, ".local", name),
    runDir: join(process.getuid?.() === 0 ? "/run" : tmpdir(), id),
    cacheDir: cacheDirectory(),
    cgroup: join(cgroupRoot(), id),
    netns: { internet: `${id}-internet`, cloud: `${id}-cloud` },
  };
}

/** What all clouds of this user share and no `down` removes: the Pulumi CLI, images, packages. */
export function cacheDirectory(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-mailserver");
}

/** Where control groups of version 2 are mounted; a host with both versions has them below /sys/fs/cgroup. */
function cgroupRoot(): string {
  const standard = "/sys/fs/cgroup";
  let mounts = "";
  try {
    mounts = readFileSync("/proc/self/mounts", "utf8");
  } catch {
    // Not Linux: machines don't boot here, and nothing asks for it.
  }
  const points = mounts.split("\n").map((line) => line.split(" "));
  return points.find(([, , type]) => type === "cgroup2")?.[1] ?? standard;
}
