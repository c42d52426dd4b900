import { bringUp, once } from "./bring-up";
import { shared } from "./shared";

export const start = once(() => bringUp(shared));
