import { redisSocket } from "../../../host/redis";
import { local } from "./server";

/** What Redis on the host answers to a command, a line a value. */
export async function redis(...command: string[]): Promise<string> {
  const { code, stdout, stderr } = await local.on("mx1", ["redis-cli", "-e", "-s", redisSocket, ...command]);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}
