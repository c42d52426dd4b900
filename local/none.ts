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
    set: async (zone, owner, type, _ttl, rdata) => {
      const sets = zones.get(zone) ?? new Map<string, readonly string[]>();
      sets.set(`${owner} ${type}`, rdata);
      zones.set(zone, sets);
    },
    resolve: async (name, type) =>
      [...zones.values()].flatMap((sets) => sets.get(`${name.toLowerCase()} ${type}`) ?? []),
  };
}
