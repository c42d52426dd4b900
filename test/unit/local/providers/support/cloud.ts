import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noneWorld } from "../../../../../local/none";
import { type Cloud, openCloud } from "../../../../../local/providers/cloud";
import { Store } from "../../../../../local/store";
import { account } from "../../../../support/account";

/** A cloud without machines, in a folder of its own. */
export function testCloud(): Cloud {
  const dir = mkdtempSync(join(tmpdir(), "pms-providers-"));
  return openCloud({
    store: Store.open(join(dir, "store.json")),
    world: noneWorld(join(dir, "objects")),
    account,
  });
}
