import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { finished } from "node:stream/promises";
import type { Progress } from "../progress";
import { type ImageRecipe, recipeDigest, setupScript } from "./recipe";
import { debianSources } from "./sources";

/**
 * Finds an image in the cache or builds it there, from the Debian mirror that this machine's own apt uses.
 * Of several runs at once one builds and the others wait. A build that fails leaves nothing but its log.
 * @returns the image's root directory; nothing may be written to it
 * @throws when it can't be built; the message names the log
 */
export async function ensureImage(
  cacheDir: string,
  recipe: ImageRecipe,
  progress: Progress = () => {},
): Promise<string> {
  const images = join(cacheDir, "images");
  const target = join(images, `${recipe.name}-${recipeDigest(recipe)}`);
  if (await isDirectory(target)) return target;
  const base = recipe.base && (await ensureImage(cacheDir, recipe.base, progress));

  await mkdir(images, { recursive: true });
  const build = { target, recipe, base, progress };
  if ((await runBuild(build, ["--nonblock", "--conflict-exit-code", String(busy)])) === busy) {
    progress("waiting for another run that builds it");
    await runBuild(build, []);
  }
  return target;
}

/** The status of a build that did not begin because another holds the lock. */
const busy = 75;

interface Build {
  readonly target: string;
  readonly recipe: ImageRecipe;
  readonly base: string | undefined;
  readonly progress: Progress;
}

async function runBuild({ target, recipe, base, progress }: Build, lock: readonly string[]): Promise<number> {
  const part = `${target}.part`;
  const script = ["unshare", "--mount", "sh", "-eu", join(__dirname, "build.sh")];
  const child = spawn(
    "flock",
    [...lock, `${target}.lock`, ...script, ...(await mmdebstrapArguments(recipe, base, part))],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        LC_ALL: "C.UTF-8",
        TARGET: target,
        PART: part,
        BASE: base ?? "",
        DISABLE_SERVICES: recipe.disableServices ? "yes" : "",
        SETUP: setupScript(recipe),
        FINISH: join(__dirname, "finish.sh"),
      },
    },
  );
  const ended = new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? -1));
  });
  const log = createWriteStream(`${target}.log`, { flags: "a" });
  const lastLines: string[] = [];
  const note = (line: string) => {
    log.write(`${line}\n`);
    lastLines.push(line);
    if (lastLines.length > 12) lastLines.shift();
    const step = /^I: (\w+ing [^:]*?)\.*$/.exec(line)?.[1];
    if (step) progress(step);
  };
  createInterface(child.stdout).on("line", note);
  createInterface(child.stderr).on("line", note);
  const status = await ended;
  await finished(log.end());
  if (status === 0 || status === busy) return status;
  throw new Error(
    `The image ${recipe.name} could not be built; the whole log is ${target}.log\n${lastLines.join("\n")}`,
  );
}

/** See mmdebstrap(1). An image on a base begins with the copy (`custom`), others with Debian's essential packages. */
async function mmdebstrapArguments(
  recipe: ImageRecipe,
  base: string | undefined,
  part: string,
): Promise<string[]> {
  const { suite, lines, aptOptions } = await debianSources();
  const start = base
    ? ["--variant=custom", "--skip=check/empty", `--setup-hook=${copyBase}`]
    : ["--variant=minbase"];
  return [
    "--mode=root",
    "--format=directory",
    ...start,
    `--include=${recipe.packages.join(",")}`,
    '--aptopt=APT::Install-Recommends "false"',
    ...aptOptions.map((option) => `--aptopt=${option}`),
    '--customize-hook=sh -eu "$FINISH" "$1"',
    suite,
    part,
    ...lines,
  ];
}

/** The image's own package sources are put aside, for they are those of where it will run; finish.sh puts them back. */
const copyBase =
  'cp -a --reflink=auto "$BASE/." "$1" && cd "$1/etc/apt" && mv sources.list.d image.list.d && mkdir sources.list.d';

function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
