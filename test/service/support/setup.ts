import { removeClaimed } from "../../system/support/claims";

/** Removes the local clouds that the workers share: at the end, and before, those of a run that was killed. */
export default async function setup(): Promise<() => Promise<void>> {
  await removeClaimed("service");
  return () => removeClaimed("service");
}
