import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { CloudContext } from "../../../local/context";
import { noneWorld } from "../../../local/none";
import { type Providers, serveProviders } from "../../../local/providers/serve";
import { Store } from "../../../local/store";
import { pulumiEnvironment } from "../../../local/toolchain/environment";
import { ensurePulumi } from "../../../local/toolchain/pulumi";
import type { Account, World } from "../../../local/world";

/** A local cloud whose machines do not boot, with a Pulumi home and backend that nobody else has. */
export interface TestCloud {
  readonly store: Store;
  readonly world: World;
  readonly account: Account;
  readonly cli: string;
  readonly cacheDir: string;
  readonly env: Record<string, string>;
  /** Everything in the backend's files: state, checkpoints, history. */
  stateText(): Promise<string>;
  close(): Promise<void>;
}

export const account: Account = {
  id: "000000000000",
  region: "us-east-1",
  zones: ["example.test", "example.org"],
  outboundPort25: "open",
  images: [
    {
      id: "ami-0000000000000013a",
      name: "debian-13-amd64-20261101-2000",
      owner: "136693071363",
      architecture: "x86_64",
      created: "2026-11-01T20:00:00Z",
    },
    {
      id: "ami-0000000000000013b",
      name: "debian-13-arm64-20261101-2000",
      owner: "136693071363",
      architecture: "arm64",
      created: "2026-11-01T20:00:00Z",
    },
  ],
  publicPool: "203.0.113.128/25",
};

export async function openTestCloud(): Promise<TestCloud> {
  const dir = await mkdtemp(join(tmpdir(), "pms-engine-"));
  const store = Store.open(join(dir, "store.json"));
  const world = noneWorld(join(dir, "objects"));
  const providers: Providers = await serveProviders({ store, world, account });
  const context: CloudContext = {
    id: "pms-engine",
    name: "engine",
    dir,
    runDir: dir,
    cacheDir: join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "pulumi-mailserver"),
    cgroup: "",
    netns: { internet: "", cloud: "" },
  };
  const { command } = await ensurePulumi(context.cacheDir);
  const env = await pulumiEnvironment(context, providers.ports);
  return {
    store,
    world,
    account,
    cli: command,
    cacheDir: context.cacheDir,
    env: Object.fromEntries(
      Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    ),
    stateText: () => allText(join(dir, "pulumi", "backend")),
    close: async () => {
      await providers.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function allText(dir: string): Promise<string> {
  const files = await readdir(dir, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFile(join(file.parentPath, file.name), "utf8"));
  return (await Promise.all(texts)).join("\n");
}
