import { cpSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { run } from "../local/run";

/** Compiles the components and the `mailserver` command, with what they are made of, to what the package ships. */
async function build(): Promise<void> {
  const root = resolve(__dirname, "..");
  const dist = join(root, "dist");
  rmSync(dist, { recursive: true, force: true });
  await run([process.execPath, require.resolve("typescript/bin/tsc"), "--project", "tsconfig.build.json"], {
    cwd: root,
  });
  // The host's templates and its agent, and the report's style, are read at run time, beside the code that does.
  for (const room of ["host", "verify"])
    cpSync(join(root, room), join(dist, room), { recursive: true, filter: isAsset });
}

function isAsset(path: string): boolean {
  return !/\.ts$|__pycache__/.test(path);
}

build().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
