import { expect } from "vitest";
import { local } from "./server";

/** The host's numbers of this moment, by their whole names, as read on its loopback. */
export async function metrics(): Promise<Map<string, number>> {
  // More often than systemd starts a service: that is counted anew.
  await local.on("mx1", ["systemctl", "reset-failed", "mailserver-watch.service"]);
  const taken = await local.on("mx1", ["systemctl", "start", "mailserver-watch.service"]);
  expect(taken.code, taken.stderr).toBe(0);
  const { stdout } = await local.on("mx1", ["curl", "-sS", "--fail", "http://127.0.0.1:9154/metrics"]);
  return parseMetrics(stdout);
}

export function parseMetrics(text: string): Map<string, number> {
  return new Map(
    text
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
  );
}
