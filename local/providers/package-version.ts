import { readFileSync } from "node:fs";

/** The version of an installed SDK, which its provider plugin shares. */
export function installedVersion(sdk: string): string {
  const manifest = JSON.parse(readFileSync(require.resolve(`${sdk}/package.json`), "utf8")) as {
    version: string;
  };
  return manifest.version;
}
