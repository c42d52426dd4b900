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
import { account as standardAccount } from "../../support/account";

/** A local cloud whose machines do not boot, with a Pulumi home and backend that nobody else has. */
export interface TestCloud {
  readonly store: Store;
  readonly world: World;
  readonly account: Account;
  readonly cli: string;
  readonly cacheDir: string;
  readonly env: Record<string, string>;
  /** The state of all stacks as the backend holds it, without the history, which repeats the stack's own file. */
  stateText(): Promise<string>;
  close(): Promise<void>;
}

/** @param special what its account has otherwise than the one of all tests */
export async function openTestCloud(special: Partial<Account> = {}): Promise<TestCloud> {
  const account: Account = { ...standardAccount, ...special };
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
    stateText: () => allText(join(dir, "pulumi", "backend", ".pulumi", "stacks")),
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
