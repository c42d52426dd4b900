import type { Server } from "node:net";
import { join } from "node:path";
import type { LocalAccount } from "./account";
import { openAuthority } from "./authority";
import { internet as addresses, type CloudContext } from "./context";
import { type Internet, startInternet } from "./internet/internet";
import { type CloudMachines, openMachines } from "./machines/machines";
import { openVolumes } from "./machines/volumes";
import { type CloudNetwork, openNetwork } from "./network/network";
import { linkLocal } from "./network/ports";
import { openCredentials } from "./services/credentials";
import { metadataServer } from "./services/metadata";
import { answerMonitoring, type Metrics, monitoringName, openMetrics } from "./services/monitoring";
import { openObjects } from "./services/objects";
import { storageNames, storageServer } from "./services/storage";
import type { Store } from "./store";
import { cloudView } from "./view";
import type { World } from "./world";

/** The world with machines that boot, a network, and an internet around it. */
export interface RealWorld extends World {
  readonly machines: CloudMachines;
  readonly network: CloudNetwork;
  readonly internet: Internet;
  readonly metrics: Metrics;
  /** Shuts all of it down in good order; what was made stays on disk. */
  close(): Promise<void>;
}

/** Opens it in a process that is in the cloud's network namespace, where the services for machines listen. */
export async function realWorld(
  context: CloudContext,
  options: {
    readonly store: Store;
    readonly account: LocalAccount;
    /** The root directory of the internet machine's image. */
    readonly internetImage: string;
    /** What is served as the distribution's package mirror. @default nothing */
    readonly mirrorDir?: string;
  },
): Promise<RealWorld> {
  const { store, account, internetImage, mirrorDir } = options;
  const authority = await openAuthority(join(context.dir, "authority"));
  const internet = await startInternet(context, { authority, image: internetImage, mirrorDir });
  const objects = openObjects(join(context.dir, "objects"));
  const volumes = openVolumes(context);
  const network = openNetwork(context);
  const machines = openMachines(context, {
    images: account.imageRoots,
    volumes,
    trust: () => internet.trust(),
    files: () => [
      { path: "/usr/share/dns/root.hints", content: internet.anchors.hints },
      { path: "/usr/share/dns/root.key", content: internet.anchors.key },
    ],
  });

  const view = cloudView(store, account);
  const credentials = openCredentials();
  const certificate = await authority.issue([
    ...storageNames(account.region),
    monitoringName(account.region),
  ]);
  const metrics = openMetrics();
  const storage = storageServer({
    ...{ view, objects, credentials, account, certificate },
    others: {
      [monitoringName(account.region)]: (request, response) =>
        answerMonitoring({ view, metrics, credentials, account }, request, response),
    },
  });
  const services = [
    await listen(metadataServer(view, credentials), 80, linkLocal.metadata),
    await listen(storage, 443, addresses.storage),
  ];
  return {
    objects,
    metrics,
    volumes,
    network,
    machines,
    internet,
    dns: internet.dns,
    close: async () => {
      await machines.close();
      await internet.stop();
      for (const service of services) service.close();
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}
