import { join } from "node:path";
import type { CloudContext } from "../context";

/** What outlives the internet machine, in folders of the cloud's state. */
export function internetState(context: CloudContext) {
  const dir = join(context.dir, "internet");
  return {
    dir,
    knot: join(dir, "knot"),
    trust: join(dir, "trust"),
    mail: join(dir, "mail"),
    queue: join(dir, "queue"),
  } as const;
}
