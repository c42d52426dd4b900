import { claim } from "../../system/support/claims";
import { cloud } from "../../system/support/cloud";

/** The local cloud that this worker's test files share: its stack declares all that `stack.ts` adds. */
export const local = cloud(claim("service"));
