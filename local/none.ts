import { createECDH, createHash } from "node:crypto";
import type { ZoneKey } from "./dnssec";
import { openObjects } from "./services/objects";
import type { Dns, World } from "./world";

/**
 * A world that boots nothing: machines, volumes and the network are accepted and forgotten, because the store
 * already knows them. DNS answers from what was set, and objects are files under `dir`.
 */
export function noneWorld(dir: string): World {
  return {
    machines: {
      start: accept,
      stop: accept,
      terminate: accept,
      readdress: accept,
      attach: accept,
      detach: accept,
    },
    volumes: { create: accept, grow: accept, delete: accept },
    network: { apply: accept },
    dns: rememberedDns(),
    objects: openObjects(dir),
  };
}

async function accept(): Promise<void> {}

function rememberedDns(): Dns {
  const zones = new Map<string, Map<string, readonly string[]>>();
  return {
    createZone: async (zone) => {
      if (!zones.has(zone)) zones.set(zone, new Map());
    },
    deleteZone: async (zone) => {
      zones.delete(zone);
    },
    zoneKey: async (zone) => madeUpKey(zone),
    set: async (zone, owner, type, _ttl, rdata) => {
      const sets = zones.get(zone) ?? new Map<string, readonly string[]>();
      sets.set(`${owner} ${type}`, rdata);
      zones.set(zone, sets);
    },
    resolve: async (name, type) =>
      [...zones.values()].flatMap((sets) => sets.get(`${name.toLowerCase()} ${type}`) ?? []),
  };
}

/** A key on the curve P-256 (RFC 6605) that follows from the zone's name. */
function madeUpKey(zone: string): ZoneKey {
  const pair = createECDH("prime256v1");
  pair.setPrivateKey(createHash("sha256").update(`key ${zone}`).digest());
  // Without the first byte, which says that the point is not compressed.
  return { flags: 257, algorithm: 13, publicKey: pair.getPublicKey().subarray(1).toString("base64") };
}
