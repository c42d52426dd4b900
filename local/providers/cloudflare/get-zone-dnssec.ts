import type * as cloudflare from "@pulumi/cloudflare";
import { func } from "../resource";
import { text } from "../shape";
import { type DnssecStatus, dnssecStatus } from "./dnssec-status";
import type { Scope } from "./scope";

/** DNSSEC of a zone as it is by now: whether it is on, and whether the parent says so. */
export function getZoneDnssec(seen: Scope) {
  return func<cloudflare.GetZoneDnssecArgs, DnssecStatus & { id: string; zoneId: string }>({
    inputs: { zoneId: text() },
    rules: ({ zoneId }) =>
      zoneId === undefined || zoneId === "" ? [{ property: "zoneId", reason: "is required" }] : [],
    run: async ({ zoneId = "" }) => ({
      ...(await dnssecStatus(seen, seen.zone(zoneId, "dnssec"))),
      id: zoneId,
      zoneId,
    }),
  });
}
