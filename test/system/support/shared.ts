import { claim } from "./claims";
import { cloud } from "./cloud";

/** The local cloud that this worker's test files share. Each worker has one of its own, so that files run side by side. */
export const shared = cloud(claim("test"));
