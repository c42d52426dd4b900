/**
 * Connects to every port again and again until each serves another key, and tells every handshake that failed.
 * Run as a host on the simulated internet; makes a file once it has begun; says what was seen as JSON.
 */
import { writeFile } from "node:fs/promises";
import { served } from "./handshake";

async function watch(marker: string, host: string, ports: readonly number[]): Promise<void> {
  const first = await served(host, 993);
  await writeFile(marker, "");
  const failures: string[] = [];
  const changed = new Map<number, string>();
  while (changed.size < ports.length) {
    for (const port of ports) {
      const seen = await served(host, port).catch((error: Error) => {
        failures.push(`${port}: ${error.message}`);
      });
      if (seen && seen.keySha256 !== first.keySha256) changed.set(port, seen.keySha256);
    }
  }
  const [keySha256, ...others] = new Set(changed.values());
  console.log(JSON.stringify({ failures, keySha256, others }));
}

const [marker = "", host = "", ...ports] = process.argv.slice(2);
void watch(marker, host, ports.map(Number));
