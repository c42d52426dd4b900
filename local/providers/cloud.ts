import type { Inventory, Kind } from "../inventory";
import { recordSet } from "../record-sets";
import type { Store } from "../store";
import { topology } from "../topology";
import type { Account, World } from "../world";

/** What the resource types of all packages work on. */
export interface Cloud {
  readonly store: Store;
  readonly world: World;
  readonly account: Account;
  /** Tells the network what the store says by now. */
  applyNetwork(): Promise<void>;
  /** Tells DNS what the store says of one record set by now. */
  publish(zone: string, owner: string, type: string): Promise<void>;
  /** Puts a row that only stays if the world below could follow. */
  add<K extends Kind>(kind: K, id: string, row: Inventory[K], follow: () => Promise<void>): Promise<void>;
  /** Changes a row, or puts the first one, and changes it back if the world below could not follow. */
  change<K extends Kind>(kind: K, id: string, row: Inventory[K], follow: () => Promise<void>): Promise<void>;
  /** Removes a row, and puts it back if the world below could not follow. */
  drop(kind: Kind, id: string, follow: () => Promise<void>): Promise<void>;
}

/**
 * The engine calls in parallel. The store changes at once, so that every check sees what is declared; the world is
 * told in the order of the changes, each time with all that holds by then.
 */
export function openCloud(parts: Pick<Cloud, "store" | "world" | "account">): Cloud {
  const { store, world, account } = parts;
  return {
    ...parts,
    applyNetwork: () => world.network.apply(topology(store, account)),
    publish: async (zone, owner, type) => {
      const set = recordSet(store, account, owner, type);
      await world.dns.set(zone, owner, type, set?.ttl ?? 0, set?.rdata ?? []);
    },
    add: async (kind, id, row, follow) => {
      store.put(kind, id, row);
      await follow().catch((error: unknown) => {
        store.remove(kind, id);
        throw error;
      });
    },
    change: async (kind, id, row, follow) => {
      const before = store.get(kind, id);
      store.put(kind, id, row);
      await follow().catch((error: unknown) => {
        if (before) store.put(kind, id, before);
        else store.remove(kind, id);
        throw error;
      });
    },
    drop: async (kind, id, follow) => {
      const before = store.get(kind, id);
      store.remove(kind, id);
      await follow().catch((error: unknown) => {
        if (before) store.put(kind, id, before);
        throw error;
      });
    },
  };
}
