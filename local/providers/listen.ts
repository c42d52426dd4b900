import * as grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { handlers } from "./protocol";
import type { Package } from "./resource";

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves a package on a free port of 127.0.0.1. */
export async function listen(pkg: Package): Promise<Listener> {
  // A bucket object travels inside a message, so there is no limit, as in Pulumi's own plugins.
  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  server.addService(services.ResourceProviderService, handlers(pkg));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        // The engine holds its connection open as long as it lives: calls in flight end, idle connections don't count.
        server.tryShutdown(() => resolve());
        setTimeout(() => server.forceShutdown(), 2000).unref();
      }),
  };
}
