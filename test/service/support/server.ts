import { cloud } from "../../system/support/cloud";

/** The local cloud of the tests in this folder: its stack declares all that `stack.ts` adds. */
export const local = cloud("service");
