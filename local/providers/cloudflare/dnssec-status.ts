import { delegationSigner, dsText } from "../../dnssec";
import { zoneId, zoneTrust } from "../../zones";
import type { Scope } from "./scope";

/** What the API tells of a zone's DNSSEC; all but the status and the time is null while it is off. */
export interface DnssecStatus {
  readonly status: "active" | "pending" | "disabled" | "pending-disabled";
  readonly algorithm: string | null;
  readonly digest: string | null;
  readonly digestAlgorithm: string | null;
  readonly digestType: string | null;
  /** The record for the parent. */
  readonly ds: string | null;
  readonly flags: number | null;
  readonly keyTag: number | null;
  readonly keyType: string | null;
  readonly modifiedOn: string | null;
  readonly publicKey: string | null;
}

/** https://developers.cloudflare.com/api/resources/dns/subresources/dnssec/methods/get/ */
export async function dnssecStatus(seen: Scope, zone: string): Promise<DnssecStatus> {
  const { store, account, world } = seen;
  const { signed, ds } = zoneTrust(store, account, zone);
  const modifiedOn = store.get("zoneDnssec", zoneId(zone))?.facts.modified ?? null;
  if (!signed) return { ...nothing, status: ds.length > 0 ? "pending-disabled" : "disabled", modifiedOn };
  const key = await world.dns.zoneKey(zone);
  const own = delegationSigner(zone, key);
  const trusted = ds === "own" || ds.includes(dsText(own));
  return {
    status: trusted ? "active" : "pending",
    algorithm: String(own.algorithm),
    digest: own.digest,
    digestAlgorithm: "SHA256",
    digestType: String(own.digestType),
    ds: `${zone}. 3600 IN DS ${dsText(own)}`,
    flags: key.flags,
    keyTag: own.keyTag,
    keyType: "ECDSAP256SHA256",
    modifiedOn: modifiedOn ?? registered,
    publicKey: key.publicKey,
  };
}

const nothing = {
  algorithm: null,
  digest: null,
  digestAlgorithm: null,
  digestType: null,
  ds: null,
  flags: null,
  keyTag: null,
  keyType: null,
  publicKey: null,
};

/** When DNSSEC was turned on for domains that had it from the beginning. */
const registered = "2026-01-01T00:00:00Z";
