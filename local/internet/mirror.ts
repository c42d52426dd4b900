import { createHash } from "node:crypto";
import { link, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { withLock } from "../lock";
import type { Progress } from "../progress";
import { Apt, type Download, type Index } from "./apt";

export interface MirrorContents {
  /** The root directory of the image that packages are installed on; it is only read. */
  readonly base: string;
  /** What is to be installed on it. */
  readonly packages: readonly string[];
}

/**
 * Finds a part of the Debian mirror in the cache or downloads it there: the indexes as the archive has signed them,
 * and the packages that the given ones need beyond an image. A machine of that image installs them from there with
 * every signature checked. It is made anew a day before the archive's signatures run out.
 * @returns a directory with `debian` and `debian-security`, to be served as a mirror's
 */
export async function ensureMirror(
  cacheDir: string,
  contents: MirrorContents,
  progress: Progress = () => {},
): Promise<string> {
  const mirrors = join(cacheDir, "mirror");
  const target = join(mirrors, `${basename(contents.base)}-${digest(contents.packages)}`);
  if (await isFresh(target)) return target;
  await mkdir(mirrors, { recursive: true });
  const waiting = () => progress("waiting for another run that fetches the packages");
  await withLock(`${target}.lock`, waiting, async () => {
    if (!(await isFresh(target))) await fetchMirror(target, contents, progress);
  });
  return target;
}

async function fetchMirror(target: string, contents: MirrorContents, progress: Progress): Promise<void> {
  const part = `${target}.part`;
  await rm(part, { recursive: true, force: true });
  try {
    const apt = await Apt.at(join(part, "apt"), contents.base);
    progress("fetching package lists");
    const indexes = await apt.update();
    const packages = await apt.resolve(contents.packages);
    progress(`fetching ${packages.files.length} packages (${Math.ceil(packages.bytes / 1e6)} MB)`);
    await packages.download();

    const root = join(part, "root");
    for (const index of indexes) await placeIndex(root, index);
    for (const file of packages.files) await placePackage(root, indexes, file);
    // A machine that still reads from the one before keeps it: its files live as long as they are mounted.
    await rm(target, { recursive: true, force: true });
    await rename(root, target);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

/** Lays an index where a client looks for it, by name and by digest, and the suite's signed release file beside it. */
async function placeIndex(root: string, { archive, suite, key, uri, file, release }: Index): Promise<void> {
  const place = join(root, archiveName(suite), uri.slice(archive.length, -key.length));
  const sha256 = createHash("sha256").update(await readFile(file));
  await lay(release, join(place, "InRelease"));
  await lay(file, join(place, `${key}${extname(file)}`));
  await lay(file, join(place, dirname(key), "by-hash/SHA256", sha256.digest("hex")));
}

async function placePackage(root: string, indexes: readonly Index[], { uri, file }: Download): Promise<void> {
  const index = indexes.find(({ archive }) => uri.startsWith(archive));
  if (!index) throw new Error(`apt fetched ${uri}, which is in none of its archives`);
  await lay(file, join(root, archiveName(index.suite), decodeURIComponent(uri.slice(index.archive.length))));
}

/** The archives' names on Debian's own mirrors. */
function archiveName(suite: string): string {
  return suite.endsWith("-security") ? "debian-security" : "debian";
}

async function lay(file: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await link(file, target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}

const day = 24 * 60 * 60 * 1000;

/** Whether a mirror is there whose release files are all good for at least another day. */
async function isFresh(target: string): Promise<boolean> {
  for (const archive of ["debian", "debian-security"]) {
    const suites = await readdir(join(target, archive, "dists")).catch(() => undefined);
    if (!suites) return false;
    for (const suite of suites) {
      const release = await readFile(join(target, archive, "dists", suite, "InRelease"), "utf8");
      if (validUntil(release).getTime() - Date.now() < day) return false;
    }
  }
  return true;
}

/** Until when a release file may be used. One that does not say so is good for ever, as apt takes it too. */
export function validUntil(release: string): Date {
  const field = /^Valid-Until: (.*)$/m.exec(release)?.[1];
  return field === undefined ? new Date(8.64e15) : new Date(field);
}

function digest(packages: readonly string[]): string {
  return createHash("sha256")
    .update(JSON.stringify([...packages].sort()))
    .digest("hex")
    .slice(0, 12);
}
