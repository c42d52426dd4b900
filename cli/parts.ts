import { hostPackages, hostWarmUp, optionalHostPackages } from "../host";
import type { CloudContext } from "../local/context";
import type { DaemonOptions } from "../local/daemon";
import { ensureImage } from "../local/images/build";
import { debian13, warm } from "../local/images/debian13";
import { internetImage } from "../local/internet/image";
import { ensureMirror } from "../local/internet/mirror";
import { ensurePulumi } from "../local/toolchain/pulumi";
import type { Display } from "./display";

/** Gets the Pulumi CLI, unless it is there. */
export async function getPulumi({ cacheDir }: CloudContext, display: Display): Promise<void> {
  await display.task("Pulumi CLI", (progress) => ensurePulumi(cacheDir, progress), {
    result: ({ version }) => version,
    quiet: true,
  });
}

/**
 * Gets what machines are made of, unless it is there.
 * @param bare whether machines boot from the image as EC2 has it and install all their packages from a mirror on the
 *   simulated internet; else it has only those that not every host needs, and the others are in the image
 */
export async function getImages(
  { cacheDir }: CloudContext,
  bare: boolean,
  display: Display,
): Promise<NonNullable<DaemonOptions["machines"]>> {
  const recipe = bare ? debian13 : warm(debian13, hostPackages, hostWarmUp);
  const [internet, machine] = await together(
    display.task("Internet image", (progress) => ensureImage(cacheDir, internetImage, progress), image),
    display.task("Machine image", (progress) => ensureImage(cacheDir, recipe, progress), image),
  );
  const packages = bare ? [...hostPackages, ...optionalHostPackages] : optionalHostPackages;
  const mirror = display.task(
    "Package mirror",
    (progress) => ensureMirror(cacheDir, { base: machine, packages }, progress),
    image,
  );
  const mirrorDir = await (bare ? mirror : mirror.catch((error: Error) => goWithout(error, display)));
  return { image: machine, internetImage: internet, mirrorDir };
}

/** Once a week a mirror is too old, and that must not stop somebody who works without a network. */
function goWithout({ message }: Error, display: Display): undefined {
  display.line(`  Machines can't install ${optionalHostPackages.join(", ")}, if asked to: ${message}`);
}

const image = { result: () => "ready", quiet: true } as const;

/** Waits for all, so that what takes minutes is in the cache even if another fails. */
export async function together<T extends readonly unknown[]>(
  ...work: { readonly [K in keyof T]: Promise<T[K]> }
): Promise<T> {
  await Promise.allSettled(work);
  return (await Promise.all(work)) as unknown as T;
}
