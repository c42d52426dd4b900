/** A cloud's services on their own addresses; run inside its namespace, with a CloudSetup as JSON in argv. */
import { openAuthority } from "../../../local/authority";
import { internet } from "../../../local/context";
import { linkLocal } from "../../../local/network/ports";
import { openCredentials } from "../../../local/services/credentials";
import { metadataServer } from "../../../local/services/metadata";
import { openObjects } from "../../../local/services/objects";
import { storageNames, storageServer } from "../../../local/services/storage";
import type { CloudView, InstanceView, PolicyDocument } from "../../../local/world";

export interface CloudSetup {
  readonly objectsDir: string;
  readonly authorityDir: string;
  readonly instances: readonly (Omit<InstanceView, "userData"> & { readonly userDataText?: string })[];
  readonly rolePolicies: Readonly<Record<string, readonly PolicyDocument[]>>;
  readonly bucket: string;
  readonly account: { readonly id: string; readonly region: string };
}

async function serve(setup: CloudSetup): Promise<void> {
  const view: CloudView = {
    instanceByPrivateIp: (privateIp) => {
      const found = setup.instances.find((instance) => instance.privateIp === privateIp);
      return (
        found && { ...found, userData: found.userDataText ? Buffer.from(found.userDataText) : undefined }
      );
    },
    rolePolicies: (role) => setup.rolePolicies[role] ?? [],
    bucketPolicy: () => undefined,
    bucketRegion: (bucket) => (bucket === setup.bucket ? setup.account.region : undefined),
  };
  const credentials = openCredentials();
  const authority = await openAuthority(setup.authorityDir);
  const certificate = await authority.issue(storageNames(setup.account.region));
  const objects = openObjects(setup.objectsDir);
  const storage = storageServer({ view, objects, credentials, account: setup.account, certificate });
  const metadata = metadataServer(view, credentials);
  await new Promise<void>((resolve) => metadata.listen(80, linkLocal.metadata, resolve));
  await new Promise<void>((resolve) => storage.listen(443, internet.storage, resolve));
  process.send?.("listening");
}

void serve(JSON.parse(process.argv[2] ?? "") as CloudSetup);
