import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
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
 */
export async function prepareRootDisk(
  dir: string,
  image: string,
  trust: string,
  files: readonly MachineFile[],
): Promise<string> {
  const upper = join(dir, "upper");
  const lower = await rememberImage(dir, image);
  for (const file of [...files, ...(await trustFiles(upper, lower, trust))]) await lay(upper, file);
  await linkByHash(upper, certificates(trust));
  return lower;
}

async function rememberImage(dir: string, image: string): Promise<string> {
  const note = join(dir, "image");
  const remembered = await readFile(note, "utf8").catch(() => undefined);
  if (remembered) return remembered;
  await mkdir(dir, { recursive: true });
  await writeFile(note, image);
  return image;
}

/** As update-ca-certificates(8) would leave them, and where it looks for them the next time it runs. */
async function trustFiles(upper: string, lower: string, trust: string): Promise<MachineFile[]> {
  const bundle = "/etc/ssl/certs/ca-certificates.crt";
  const present = await readFile(join(upper, bundle), "utf8").catch(() =>
    readFile(join(lower, bundle), "utf8"),
  );
  const missing = certificates(trust).filter((pem) => !present.includes(pem));
  return [
    { path: bundle, content: present + missing.join("") },
    ...certificates(trust).map((content, index) => ({
      path: `/usr/local/share/ca-certificates/${certificateName(index)}.crt`,
      content,
    })),
    ...certificates(trust).map((content, index) => ({
      path: `/etc/ssl/certs/${certificateName(index)}.pem`,
      content,
    })),
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

async function lay(upper: string, { path, content }: MachineFile): Promise<void> {
  const file = join(upper, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}
