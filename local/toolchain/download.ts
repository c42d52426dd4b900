import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { SemVer } from "semver";
import type { Progress } from "../progress";

const installer = "https://get.pulumi.com/install.sh";
const minute = 60_000;

/**
 * The official release, by the SDK's own installer, into a directory that appears only when it is complete.
 * @throws soon where the internet is not reached, and after ten minutes in any case
 */
export async function download(version: string, root: string, progress: Progress): Promise<void> {
  progress("asking get.pulumi.com");
  await reach(installer);
  progress(`downloading ${version}`);
  await mkdir(dirname(root), { recursive: true });
  const draft = await mkdtemp(`${root}.part-`);
  try {
    // Loaded here, because it takes a second and is seldom needed.
    const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
    await within(10 * minute, PulumiCommand.install({ root: draft, version: new SemVer(version) }));
    await rm(root, { recursive: true, force: true });
    await rename(draft, root);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** The installer waits for two minutes where nothing answers; this is what tells early. */
async function reach(url: string): Promise<void> {
  try {
    await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(10_000) });
  } catch (error) {
    const { message, cause } = error as Error;
    throw new Error(`${url} is not reached: ${cause instanceof Error ? cause.message : message}`);
  }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`not done after ${milliseconds / minute} minutes`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
