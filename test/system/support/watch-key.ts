/**
 * Connects to every port again and again until each serves another key, and tells every handshake that failed, one
 * that is never answered included. Gives up, with the ports that still serve the former key, after ten minutes.
 * Run as a host on the simulated internet; makes a file once it has begun; says what was seen as JSON.
 */
import { writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { served } from "./handshake";

async function watch(marker: string, host: string, ports: readonly number[]): Promise<void> {
  const first = await served(host, 993);
  await writeFile(marker, "");
  const failures: string[] = [];
  const changed = new Map<number, string>();
  const until = Date.now() + 600_000;
  while (changed.size < ports.length) {
    if (Date.now() > until) {
      const left = ports.filter((port) => !changed.has(port));
      throw new Error(
        `ports ${left.join(", ")} still serve the former key; failures: ${failures.join("; ")}`,
      );
    }
    for (const port of ports) {
      const seen = await Promise.race([served(host, port), unanswered()]).catch((error: Error) => {
        failures.push(`${port}: ${error.message}`);
      });
      if (seen && seen.keySha256 !== first.keySha256) changed.set(port, seen.keySha256);
    }
  }
  const [keySha256, ...others] = new Set(changed.values());
  console.log(JSON.stringify({ failures, keySha256, others }));
}

async function unanswered(): Promise<never> {
  await delay(60_000, undefined, { ref: false });
  throw new Error("not answered within 60 s");
}

const [marker = "", host = "", ...ports] = process.argv.slice(2);
watch(marker, host, ports.map(Number)).then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
