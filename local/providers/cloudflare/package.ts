import type { Cloud } from "../cloud";
import { installedVersion } from "../package-version";
import type { Package } from "../resource";
import { dnsRecord } from "./dns-record";
import { getDnsRecords } from "./get-dns-records";
import { getZone } from "./get-zone";
import { providerConfig } from "./provider";
import { zone } from "./zone";

export function cloudflare(cloud: Cloud): Package {
  return {
    name: "cloudflare",
    version: installedVersion("@pulumi/cloudflare"),
    config: providerConfig,
    resources: {
      "cloudflare:index/dnsRecord:DnsRecord": dnsRecord(cloud),
      "cloudflare:index/zone:Zone": zone(cloud),
    },
    functions: {
      "cloudflare:index/getDnsRecords:getDnsRecords": getDnsRecords(cloud),
      "cloudflare:index/getZone:getZone": getZone(cloud),
    },
  };
}
