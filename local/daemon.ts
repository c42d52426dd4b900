import { join } from "node:path";
import { LocalAccount } from "./account";
import { ageRecords } from "./age";
import { alarmStates } from "./alarm-states";
import type { CloudContext } from "./context";
import { type Control, controlSocket, serveControl } from "./control";
import { noneWorld } from "./none";
import { openCloud } from "./providers/cloud";
import { dashboard } from "./providers/cloudflare/dashboard";
import { serveProviders } from "./providers/serve";
import { type RealWorld, realWorld } from "./real";
import { restore } from "./restore";
import { Store } from "./store";
import { topology } from "./topology";
import { accountZones, zoneId, zoneTrust } from "./zones";

/** What the daemon of a cloud is told, as JSON in its only argument. */
export interface DaemonOptions {
  readonly context: CloudContext;
  /** DNS zones that the account has in any case. */
  readonly zones: readonly string[];
  /** @default machines that don't boot, on a network that isn't there */
  readonly machines?: {
    /** The root directories of images. */
    readonly image: string;
    readonly internetImage: string;
    readonly mirrorDir?: string;
  };
}

/** What the daemon tells the process that started it, once. */
export type DaemonMessage = { readonly ready: true } | { readonly failed: string };

/** The process that is a local cloud: it brings back what was, serves the providers, and listens for its control. */
async function main({ context, zones, machines }: DaemonOptions): Promise<void> {
  const since = `${new Date().toISOString().slice(0, 19)}Z`;
  const account = LocalAccount.open(join(context.dir, "account.json"), machines !== undefined);
  const store = Store.open(join(context.dir, "store.json"));
  for (const zone of zones) account.addZone(zone);
  for (const architecture of machines ? [hostArchitecture()] : architectures)
    account.addImage(machines?.image ?? "none", architecture);

  const real = machines && (await realWorld(context, { store, account, ...machines }));
  const world = real ?? noneWorld(join(context.dir, "objects"));
  await restore(store, world, account);
  const providers = await serveProviders({ store, world, account });
  const byHand = dashboard(openCloud({ store, world, account }));

  const stop = async () => {
    await providers.close();
    await real?.close();
    // Once the last answer is out. Connections to the services are of no more use to anybody.
    server.close(() => process.exit(0));
  };
  const control: Control = {
    status: async () => ({
      id: context.id,
      pid: process.pid,
      since,
      machines: real !== undefined,
      region: account.region,
      ports: providers.ports,
      zones: account.zones,
      outboundPort25: account.outboundPort25,
      droppedPort25: (await real?.network.droppedPort25()) ?? 0,
      alarms: alarmStates(store, real?.metrics, Date.now()),
    }),
    machine: (label) => findMachine(real, label),
    object: async (bucket, key) => (await world.objects.get(bucket, key))?.body,
    addZone: async (name, options) => {
      account.addZone(name, options);
      await world.dns.createZone(name, zoneTrust(store, account, name));
    },
    setDs: async (zone, ds) => {
      if (!accountZones(store, account).has(zoneId(zone))) throw new Error(`There is no zone ${zone}.`);
      account.setDs(zone, ds);
      await world.dns.createZone(zone, zoneTrust(store, account, zone));
    },
    records: async (zone) => byHand.records(zone),
    addRecord: byHand.addRecord,
    deleteRecord: byHand.deleteRecord,
    setEmailRouting: byHand.setEmailRouting,
    age: async (days) => ageRecords(store, days),
    setPort25: async (state) => {
      account.outboundPort25 = state;
      await world.network.apply(topology(store, account));
    },
    stop,
  };
  const server = await serveControl(controlSocket(context), control);
  process.on("SIGTERM", stop);
}

const architectures = ["x86_64", "arm64"] as const;

function hostArchitecture(): (typeof architectures)[number] {
  return process.arch === "arm64" ? "arm64" : "x86_64";
}

async function findMachine(real: RealWorld | undefined, label: string) {
  const machine = label === "internet" ? real?.internet.machine : await real?.machines.find(label);
  return machine && { leader: machine.leader, console: machine.console, since: machine.since };
}

/** Whoever started it may be gone. */
function tell(message: DaemonMessage): Promise<void> {
  return new Promise((told) => {
    if (process.connected) process.send?.(message, () => told());
    else told();
  });
}

main(JSON.parse(process.argv[2] ?? "") as DaemonOptions)
  .then(() => tell({ ready: true }))
  .then(
    () => process.connected && process.disconnect(),
    async (error: Error) => {
      console.error(error);
      await tell({ failed: error.message });
      process.exit(1);
    },
  );
