import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { noneWorld } from "../../../../../local/none";
import { type Cloud, openCloud } from "../../../../../local/providers/cloud";
import { Store } from "../../../../../local/store";
import type { Account } from "../../../../../local/world";
import { account } from "../../../../support/account";

const root = mkdtempSync(join(tmpdir(), "pms-providers-"));
afterAll(() => rmSync(root, { recursive: true }));

/**
 * A cloud without machines, in a folder of its own.
 * @param special what its account has otherwise than the one of all tests
 */
export function testCloud(special: Partial<Account> = {}): Cloud {
  const dir = mkdtempSync(join(root, "cloud-"));
  return openCloud({
    store: Store.open(join(dir, "store.json")),
    world: noneWorld(join(dir, "objects")),
    account: { ...account, ...special },
  });
}
