import { attachedVolumes, machineSpec } from "./machine-spec";
import { recordSets } from "./record-sets";
import type { Store } from "./store";
import { topology } from "./topology";
import type { Account, World } from "./world";
import { accountZones, zoneTrust } from "./zones";

/**
 * Brings the world back to what the store says after the daemon was killed: zones, record sets, volumes, network,
 * machines. Every call below is idempotent, so it may run on a world that still holds some of it.
 */
export async function restore(store: Store, world: World, account: Account): Promise<void> {
  for (const zone of accountZones(store, account).values())
    await world.dns.createZone(zone, zoneTrust(store, account, zone));
  for (const set of recordSets(store, account))
    await world.dns.set(set.zone, set.owner, set.type, set.ttl, set.rdata);
  for (const [bucket] of store.all("bucket")) await world.objects.createBucket(bucket);
  for (const [id, { facts }] of store.all("volume")) await world.volumes.create(id, facts.sizeGiB);
  await world.network.apply(topology(store, account));
  const running = store.all("instance").filter(([, { facts }]) => !facts.stopped);
  await Promise.all(
    running.map(([id]) => world.machines.start(machineSpec(store, id), attachedVolumes(store, id))),
  );
}
