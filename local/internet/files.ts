import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Files of a machine by absolute path: their text, or text and mode where that is not 0644. */
export type MachineFiles = Readonly<
  Record<string, string | { readonly text: string; readonly mode: number }>
>;

/** Writes a machine's files below the given root directory. */
export async function writeFiles(root: string, files: MachineFiles): Promise<void> {
  for (const [path, file] of Object.entries(files)) {
    const { text, mode } = typeof file === "string" ? { text: file, mode: 0o644 } : file;
    const target = join(root, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text.replace(/^\n/, ""));
    await chmod(target, mode);
  }
}
