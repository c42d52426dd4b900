import { createHash } from "node:crypto";
import type { Store } from "./store";
import type { Account, ZoneTrust } from "./world";

/** Names of the DNS zones that the Cloudflare accounts hold, by zone id. */
export function accountZones(store: Store, account: Account): Map<string, string> {
  const names = [...account.zones, ...store.all("zone").map(([, { config }]) => config.name)];
  return new Map(names.map((name) => [zoneId(name), name]));
}

/** The label of the Cloudflare account that holds a zone; the default account has none. */
export function accountOfZone(store: Store, account: Account, zone: string): string | undefined {
  return store.get("zone", zoneId(zone))?.facts.account ?? account.zoneSettings?.[zone]?.account;
}

/** How a zone stands with DNSSEC by what was declared, done at the registrar, and so from the beginning. */
export function zoneTrust(store: Store, account: Account, zone: string): ZoneTrust {
  const settings = account.zoneSettings?.[zone];
  const declared = store.get("zoneDnssec", zoneId(zone))?.facts.status;
  const signed = declared ? declared === "active" : !settings?.unsigned;
  const follows = signed && !settings?.unsigned;
  return { signed, ds: settings?.ds ?? (follows ? "own" : []) };
}

/** 32 hexadecimal digits, as Cloudflare's are; made from the name, so that a cloud started afresh has the same ones. */
export function zoneId(name: string): string {
  const known = ids.get(name);
  if (known) return known;
  const id = createHash("sha256").update(`zone ${name}`).digest("hex").slice(0, 32);
  ids.set(name, id);
  return id;
}

/** Asked for with every record of every zone. */
const ids = new Map<string, string>();
