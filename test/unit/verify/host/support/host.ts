import type { HostStatus } from "../../../../../verify/host/status";
import type { World } from "../../support/world";

/** A world in which a host that is well told so an hour ago, with changes. */
export function told(changes: Partial<HostStatus> = {}): World {
  return {
    hostStatus: {
      hostname: "mx1.example.com",
      updated: new Date("2026-11-24T11:00:00Z"),
      state: "ready",
      stage: "ready",
      errors: [],
      warnings: [],
      queue: { messages: 0 },
      backup: { finished: new Date("2026-11-24T03:00:00Z") },
      ...changes,
    },
  };
}

/** More than two days before now. */
export const longAgo = new Date("2026-11-22T11:59:00Z");
