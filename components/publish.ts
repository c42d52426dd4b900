import { DnsRecord as CloudflareRecord } from "@pulumi/cloudflare/dnsRecord";
import type * as pulumi from "@pulumi/pulumi";
import type { DnsRecord } from "../records";

/** Publishes a record in a Cloudflare zone. */
export function publish(
  name: string,
  zoneId: pulumi.Input<string>,
  record: DnsRecord<pulumi.Input<string>>,
  opts: pulumi.CustomResourceOptions,
): CloudflareRecord {
  return new CloudflareRecord(
    name,
    // Mail can't pass Cloudflare's proxy; only addresses could be proxied at all.
    { zoneId, ...record, ...(record.type === "A" ? { proxied: false } : {}) },
    // Cloudflare refuses a record that equals one which is still there.
    { ...opts, deleteBeforeReplace: true },
  );
}
