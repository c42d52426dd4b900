import type { Inventory, Kind } from "../../inventory";
import type { Cloud } from "../cloud";
import type { Outputs, Plain } from "../plain";
import { resource } from "../resource";
import type { Shape } from "../shape";
import { existing } from "./common";

interface Setting<K extends Kind, Args, State> {
  readonly kind: K;
  readonly inputs: Shape<Args>;
  state(config: Plain<Args>, region: string): State;
  /** Refuses what the bucket does not allow. */
  check?(config: Plain<Args>): void;
}

/** A setting of a bucket that is a resource of its own; there is one a bucket, and its id is the bucket's name. */
export function bucketSetting<K extends Kind, Args extends { bucket: unknown }, Class>(
  cloud: Cloud,
  setting: Setting<K, Args, Outputs<Class>>,
) {
  const { store, account } = cloud;
  const put = (id: string, config: Plain<Args>): Outputs<Class> => {
    existing(store.get("bucket", id), "NoSuchBucket", "bucket", id);
    setting.check?.(config);
    store.put(setting.kind, id, { config, facts: {} } as unknown as Inventory[K]);
    return setting.state(config, account.region);
  };
  return resource<Args, Class>({
    inputs: setting.inputs,
    create: async (config) => {
      const id = bucketOf(config);
      return { id, state: put(id, config) };
    },
    read: async (id) => {
      const config = store.get(setting.kind, id)?.config as Plain<Args> | undefined;
      return config && { id, state: setting.state(config, account.region) };
    },
    update: async (id, config) => put(id, config),
    delete: async (id) => store.remove(setting.kind, id),
  });
}

function bucketOf(config: unknown): string {
  return (config as { readonly bucket: string }).bucket;
}
