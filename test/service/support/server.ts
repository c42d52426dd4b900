import { cloud, sharedName } from "../../system/support/cloud";

/** The local cloud that a worker's test files share: its stack declares all that `stack.ts` adds. */
export const local = cloud(sharedName("service", process.env.VITEST_POOL_ID));
