import { chmod, lstat, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { run } from "../run";

/** A text file of a machine, by its path there. */
export interface MachineFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Prepares a machine's root disk for a boot: makes it the first time, and lays over it what the outside world decides.
 * @param dir the machine's folder, whose `upper` has what differs from the image
 * @param image the image's root directory; one that is there already stays on the image that it was made from
 * @returns the image's root directory
 * @throws if the image that it was made from is gone
 */
export async function prepareRootDisk(
  dir: string,
  image: string,
  trust: string,
  files: readonly MachineFile[],
): Promise<string> {
  const upper = join(dir, "upper");
  const lower = await rememberImage(dir, image);
  await makeDirectory(upper, "/");
  for (const file of [...files, ...(await trustFiles(upper, lower, trust))]) await lay(upper, file);
  await linkByHash(upper, certificates(trust));
  return lower;
}

async function rememberImage(dir: string, image: string): Promise<string> {
  const note = join(dir, "image");
  const remembered = await readPlain(note);
  if (remembered === undefined) {
    await mkdir(dir, { recursive: true });
    await writeFile(note, image);
    return image;
  }
  const found = await lstat(remembered).catch(() => undefined);
  if (found?.isDirectory()) return remembered;
  throw new Error(
    `The root disk ${dir} was made from the image ${remembered}, which is gone: replace the instance, or remove the local cloud and start it anew.`,
  );
}

/** As update-ca-certificates(8) would leave them, and where it looks for them the next time it runs. */
async function trustFiles(upper: string, lower: string, trust: string): Promise<MachineFile[]> {
  const bundle = "/etc/ssl/certs/ca-certificates.crt";
  const present = (await readPlain(join(upper, bundle))) ?? (await readPlain(join(lower, bundle))) ?? "";
  const missing = certificates(trust).filter((pem) => !present.includes(pem));
  return [
    { path: bundle, content: present + missing.join("") },
    ...certificates(trust).flatMap((content, index) => [
      { path: `/usr/local/share/ca-certificates/${certificateName(index)}.crt`, content },
      { path: `/etc/ssl/certs/${certificateName(index)}.pem`, content },
    ]),
  ];
}

/** OpenSSL finds a trusted certificate in a folder by the hash of its subject. */
async function linkByHash(upper: string, pems: readonly string[]): Promise<void> {
  for (const [index, pem] of pems.entries()) {
    const { stdout } = await run(["openssl", "x509", "-noout", "-subject_hash"], { input: pem });
    const link = join(upper, "/etc/ssl/certs", `${stdout.trim()}.0`);
    await rm(link, { force: true });
    await symlink(`${certificateName(index)}.pem`, link);
  }
}

function certificateName(index: number): string {
  return `local-cloud-${index + 1}`;
}

function certificates(bundle: string): string[] {
  const blocks = bundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => `${block}\n`);
}

/**
 * Writes a file of the guest. What the guest has put in its place gives way, be it a link, which would lead out of
 * the guest's disk here, or the overlay's mark of a deleted file.
 */
async function lay(upper: string, { path, content }: MachineFile): Promise<void> {
  await makeDirectory(upper, dirname(path));
  const file = join(upper, path);
  await rm(file, { force: true, recursive: true });
  await writeFile(file, content);
  await chmod(file, 0o644);
}

/** Modes are set, not left to this process's umask: the guest sees them. */
async function makeDirectory(upper: string, path: string): Promise<void> {
  if (path !== "/") await makeDirectory(upper, dirname(path));
  const directory = join(upper, path);
  const found = await lstat(directory).catch(() => undefined);
  if (found?.isDirectory()) return;
  await rm(directory, { force: true });
  await mkdir(directory, { recursive: path === "/" });
  await chmod(directory, 0o755);
}

/** The text of a regular file; of nothing else. */
async function readPlain(file: string): Promise<string | undefined> {
  const found = await lstat(file).catch(() => undefined);
  return found?.isFile() ? readFile(file, "utf8") : undefined;
}
