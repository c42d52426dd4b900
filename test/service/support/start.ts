import { bringUp, once } from "../../system/support/bring-up";
import { bringUpWith, must } from "./declared";
import { local } from "./server";
import { secondDomain } from "./stack";

/** Brings up the local stack, and has it declare all that the tests need. */
export const start = once(async () => {
  await bringUp(local);
  await must(["zone", secondDomain]);
  await bringUpWith({});
});
