import type { Store } from "../store";
import type { Account, World } from "../world";
import { aws } from "./aws/package";
import { openCloud } from "./cloud";
import { cloudflare } from "./cloudflare/package";
import { listen } from "./listen";
import { tls } from "./tls/package";

/** The provider servers of one cloud; `ports` are on 127.0.0.1, for `PULUMI_DEBUG_PROVIDERS`. */
export interface Providers {
  readonly ports: { readonly aws: number; readonly cloudflare: number; readonly tls: number };
  close(): Promise<void>;
}

/**
 * Serves the aws, cloudflare and tls packages over Pulumi's provider protocol.
 * @param options.account read at every call, so that a setting changed at run time holds from then on
 */
export async function serveProviders(options: {
  readonly store: Store;
  readonly world: World;
  readonly account: Account;
}): Promise<Providers> {
  const cloud = openCloud(options);
  const [awsServer, cloudflareServer, tlsServer] = await Promise.all([
    listen(aws(cloud)),
    listen(cloudflare(cloud)),
    listen(tls()),
  ]);
  return {
    ports: { aws: awsServer.port, cloudflare: cloudflareServer.port, tls: tlsServer.port },
    close: async () => {
      await Promise.all([awsServer, cloudflareServer, tlsServer].map((server) => server.close()));
    },
  };
}
