import { DnsRecord as CloudflareRecord } from "@pulumi/cloudflare/dnsRecord";
import * as pulumi from "@pulumi/pulumi";
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
    { zoneId, ...record, ...(["A", "AAAA"].includes(record.type) ? { proxied: false } : {}) },
    // Cloudflare refuses a record that equals one which is still there.
    { ...opts, deleteBeforeReplace: true },
  );
}

/** What the records say, for whoever compares it with what the world sees. */
export function published(records: readonly CloudflareRecord[]): pulumi.Output<DnsRecord[]> {
  return pulumi.all(
    records.map(({ name, type, ttl, content, priority }) =>
      pulumi.all([name, type, ttl, content, priority]).apply(([name, type, ttl, content, priority]) => ({
        name,
        type: type as DnsRecord["type"],
        ttl,
        content: content ?? "",
        ...(priority === undefined ? {} : { priority }),
      })),
    ),
  );
}
