import { type HostPart, part, secretFile } from "../bundle";
import { paths } from "../paths";
import { asset, fill } from "../template";
import { needsVolume } from "../volume";

const configuration = asset(__dirname, "redis.conf");
const check = asset(__dirname, "check.sh");

/** Where Redis answers. A service that asks it has `SupplementaryGroups=redis` in its unit. */
export const redisSocket = "/run/redis/redis.sock";
const data = `${paths.data}/redis`;

/** What programs of the host remember between messages. None of them stops working without it. */
export function renderRedis(): HostPart {
  return part("redis", {
    files: [
      secretFile("/etc/redis/redis.conf", fill(configuration, { socket: redisSocket }), "redis"),
      // Debian's unit lets it write elsewhere only.
      needsVolume("redis-server.service", `\n[Service]\nWorkingDirectory=${data}\nReadWritePaths=${data}\n`),
    ],
    checks: [["sh", "-ec", check]],
    directories: [{ path: data, mode: "0750", owner: "redis:redis" }],
    services: [{ unit: "redis-server.service", onChange: "restart" }],
  });
}
