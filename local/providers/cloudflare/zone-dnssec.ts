import type * as cloudflare from "@pulumi/cloudflare";
import { zoneId as idOf, zoneTrust } from "../../zones";
import type { Outputs } from "../plain";
import { resource } from "../resource";
import { notEmulated, text } from "../shape";
import { dnssecStatus } from "./dnssec-status";
import type { Scope } from "./scope";

/**
 * DNSSEC of a zone: on or off. It is imported by the zone's id.
 *
 * As with the real provider, the output `status` after an update is the input, and what the API says after a refresh:
 * `pending` while the parent has no DS record, which the next update then holds against the input. The API's own
 * answer, whenever it is asked, is the function `getZoneDnssec`.
 */
export function zoneDnssec(seen: Scope) {
  const { store, account, world } = seen;
  return resource<cloudflare.ZoneDnssecArgs, cloudflare.ZoneDnssec>({
    inputs: {
      dnssecMultiSigner: notEmulated,
      dnssecPresigned: notEmulated,
      dnssecUseNsec3: notEmulated,
      status: text({ oneOf: ["active", "disabled"] }),
      zoneId: text({ required: true, replaces: true }),
    },
    volatile: ["modifiedOn"],
    create: async (config) => ({ id: config.zoneId, state: await edit(config) }),
    read: async (id) => ({ id, state: await state(id) }),
    update: (_, config) => edit(config),
    delete: async (id) => {
      await turn({ zoneId: id }, "disabled");
    },
  });

  async function edit(config: Config): Promise<State> {
    if (config.status !== undefined) await turn(config, config.status as "active" | "disabled");
    return { ...(await state(config.zoneId)), status: config.status };
  }

  async function turn(config: Config, status: "active" | "disabled"): Promise<void> {
    const zone = seen.zone(config.zoneId, "dnssec");
    if (zoneTrust(store, account, zone).signed === (status === "active")) return;
    const facts = { status, modified: new Date().toISOString() };
    await seen.change("zoneDnssec", idOf(zone), { config, facts }, () =>
      world.dns.createZone(zone, zoneTrust(store, account, zone)),
    );
  }

  async function state(zoneId: string): Promise<State> {
    const told = await dnssecStatus(seen, seen.zone(zoneId, "dnssec"));
    return { ...told, zoneId } as unknown as State;
  }
}

type Config = { readonly zoneId: string; readonly status?: string };
/** What there is not while DNSSEC is off is null, whatever the SDK's types promise. */
type State = Outputs<cloudflare.ZoneDnssec>;
