import { DnsRecord as CloudflareRecord } from "@pulumi/cloudflare/dnsRecord";
import * as pulumi from "@pulumi/pulumi";
import type { DnsRecord } from "../records";

/** A record as it is published. */
export interface PublishedRecord {
  /** Fully qualified, lower case, without the trailing dot. */
  readonly name: string;
  readonly type: string;
  /** In presentation format (RFC 1035 section 5.1), names without the trailing dot; of an MX with its preference. */
  readonly content: string;
}

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

/** What the records say, for whoever compares it with what the world sees. */
export function published(records: readonly CloudflareRecord[]): pulumi.Output<PublishedRecord[]> {
  return pulumi.all(
    records.map(({ name, type, content, priority }) =>
      pulumi.all([name, type, content, priority]).apply(([name, type, content, priority]) => ({
        name,
        type,
        content: [...(type === "MX" ? [priority] : []), content].join(" "),
      })),
    ),
  );
}
