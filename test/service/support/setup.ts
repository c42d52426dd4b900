import { local } from "./server";

/** Removes the local cloud after all tests. */
export default function setup(): () => Promise<void> {
  return async () => {
    const down = await local.local(["down"]);
    if (down.code !== 0) throw new Error(`down: ${down.stdout}${down.stderr}`);
  };
}
