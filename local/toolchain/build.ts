import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { coerce, lt } from "semver";
import type { Progress } from "../progress";
import { run } from "../run";

const pulumiModule = "github.com/pulumi/pulumi";
const source = join(__dirname, "pulumi-cli");

/** The version that is downloaded or built: the one that the Go module beside this file requires. */
export const pinnedVersion = readPinnedVersion();

/** Since Go 1.21 an older Go fetches the newer one that a module asks for. */
const oldestGo = "1.21.0";

/**
 * Builds the CLI from its Go module, which needs Go and a module proxy, and about five minutes the first time.
 * @param target appears only when it is complete
 * @throws with what the compiler said last
 */
export async function build(target: string, progress: Progress): Promise<void> {
  await checkGo();
  await mkdir(dirname(target), { recursive: true });
  const draft = `${target}.part-${process.pid}`;
  try {
    await goBuild(draft, progress);
    await rename(draft, target);
  } finally {
    await rm(draft, { force: true });
  }
}

async function checkGo(): Promise<void> {
  const { stdout } = await run(["go", "env", "GOVERSION"], { cwd: source }).catch(() =>
    Promise.reject(new Error(`needs Go ${oldestGo} or newer; "go" does not run`)),
  );
  const version = coerce(stdout);
  if (version && lt(version, oldestGo)) throw new Error(`needs Go ${oldestGo} or newer; "go" is ${version}`);
}

function goBuild(output: string, progress: Progress): Promise<void> {
  const sdkVersion = `${pulumiModule}/sdk/v3/go/common/version.Version=v${pinnedVersion}`;
  const compiler = spawn(
    "go",
    [
      ...["build", "-v", "-trimpath", "-tags", "osusergo,grpcnotrace", "-ldflags", `-s -w -X ${sdkVersion}`],
      ...["-o", output, `${pulumiModule}/pkg/v3/cmd/pulumi`],
    ],
    {
      cwd: source,
      // Debian's Go keeps to itself by default; the module may ask for a newer one.
      env: { ...process.env, GOTOOLCHAIN: "auto", GOWORK: "off" },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let packages = 0;
  const said: string[] = [];
  createInterface(compiler.stderr).on("line", (line) => {
    if (line.startsWith("go: downloading")) progress("downloading its source");
    else if (/^[\w.~/-]+$/.test(line)) progress(`compiling, ${++packages} packages`);
    else said.push(line);
  });
  return new Promise((resolve, reject) => {
    compiler.on("error", reject);
    compiler.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`go build: exit status ${code}\n${said.slice(-12).join("\n")}`));
    });
  });
}

function readPinnedVersion(): string {
  const text = readFileSync(join(source, "go.mod"), "utf8");
  const version = text.match(/^require github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)$/m)?.[1];
  if (!version) throw new Error(`${source}/go.mod does not require ${pulumiModule}/pkg/v3`);
  return version;
}
