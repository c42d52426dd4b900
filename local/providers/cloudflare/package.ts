import type { Cloud } from "../cloud";
import { installedVersion } from "../package-version";
import type { Package } from "../resource";
import { dnsRecord } from "./dns-record";
import { getDnsRecords } from "./get-dns-records";
import { getZone } from "./get-zone";
import { getZoneDnssec } from "./get-zone-dnssec";
import { providerConfig } from "./provider";
import { type Scope, tokenScope } from "./scope";
import { zone } from "./zone";
import { zoneDnssec } from "./zone-dnssec";

export function cloudflare(cloud: Cloud): Package {
  const byLabel = new Map<string, Package>();
  const forToken = (token?: string): Package => {
    const seen = tokenScope(cloud, token);
    const known = byLabel.get(seen.label ?? "") ?? seenBy(seen);
    byLabel.set(seen.label ?? "", known);
    return known;
  };
  return {
    ...forToken(),
    configured: ({ apiToken }) => forToken(typeof apiToken === "string" ? apiToken : undefined),
  };
}

/** The package as one token's account sees it. */
export function seenBy(seen: Scope): Package {
  return {
    name: "cloudflare",
    version: installedVersion("@pulumi/cloudflare"),
    config: providerConfig,
    resources: {
      "cloudflare:index/dnsRecord:DnsRecord": dnsRecord(seen),
      "cloudflare:index/zone:Zone": zone(seen),
      "cloudflare:index/zoneDnssec:ZoneDnssec": zoneDnssec(seen),
    },
    functions: {
      "cloudflare:index/getDnsRecords:getDnsRecords": getDnsRecords(seen),
      "cloudflare:index/getZone:getZone": getZone(seen),
      "cloudflare:index/getZoneDnssec:getZoneDnssec": getZoneDnssec(seen),
    },
  };
}
