import { createHash } from "node:crypto";
import type { Store } from "./store";
import type { Account } from "./world";

/** Names of the DNS zones that the Cloudflare account holds, by zone id. */
export function accountZones(store: Store, account: Account): Map<string, string> {
  const names = [...account.zones, ...store.all("zone").map(([, { config }]) => config.name)];
  return new Map(names.map((name) => [zoneId(name), name]));
}

/** 32 hexadecimal digits, as Cloudflare's are; made from the name, so that a cloud started afresh has the same ones. */
export function zoneId(name: string): string {
  return createHash("sha256").update(`zone ${name}`).digest("hex").slice(0, 32);
}
