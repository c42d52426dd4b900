import type * as cloudflare from "@pulumi/cloudflare";
import type { types } from "@pulumi/cloudflare";
import { accountZones, zoneId } from "../../zones";
import { nearest } from "../nearest";
import { func, ServiceError } from "../resource";
import { exactlyOneOf } from "../rules";
import { notEmulated, object, text } from "../shape";
import type { Scope } from "./scope";
import { zoneOutputs } from "./zone-outputs";

/** Finds a zone of the account by its name or id. */
export function getZone(cloud: Scope) {
  const { store, account } = cloud;
  return func<cloudflare.GetZoneArgs, Omit<cloudflare.GetZoneResult, "tenant" | "tenantUnit">>({
    inputs: {
      filter: object<types.input.GetZoneFilter>({
        account: notEmulated,
        direction: notEmulated,
        match: notEmulated,
        name: text({ required: true }),
        order: notEmulated,
        status: notEmulated,
        types: notEmulated,
      }),
      zoneId: text(),
    },
    rules: (inputs) => exactlyOneOf(inputs, ["filter", "zoneId"]),
    run: async ({ filter, zoneId: wanted }) => {
      const zones = cloud.zones();
      if (wanted !== undefined && !zones.has(wanted) && accountZones(store, account).has(wanted))
        throw new ServiceError("9109", `Unauthorized to access requested resource: ${wanted}`);
      const id = wanted ?? zoneId(filter?.name ?? "");
      const name = zones.get(id);
      if (name === undefined) throw new Error(notFound(wanted ?? filter?.name ?? "", [...zones.values()]));
      const created = store.get("zone", id)?.facts.created ?? "2026-01-01T00:00:00Z";
      const holder = { id: cloud.accountId, name: cloud.label ?? "local" };
      return { ...zoneOutputs(name, created), account: holder, id, zoneId: id };
    },
  });
}

function notFound(wanted: string, zones: readonly string[]): string {
  const meant = nearest(wanted, zones);
  return (
    `zone ${wanted} not found: the Cloudflare account has ${zones.length ? zones.join(", ") : "no zones"}` +
    `${meant ? `; did you mean ${meant}?` : ". Add the zone to the account, or correct its name"}`
  );
}
