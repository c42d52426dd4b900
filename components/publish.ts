import { DnsRecord as CloudflareRecord } from "@pulumi/cloudflare/dnsRecord";
import * as pulumi from "@pulumi/pulumi";
import type { DnsRecord } from "../records";

/** A record to publish, and how. */
export interface Publication {
  readonly zoneId: pulumi.Input<string>;
  readonly record: DnsRecord<pulumi.Input<string>>;
  /** Says whose record it is. */
  readonly comment: string;
  /** The record of somebody else that it is made of; `kept` is one that stays as it was found. */
  readonly adopted?: { readonly id: string; readonly kept: boolean };
}

/** Publishes a record in a Cloudflare zone. */
export function publish(
  name: string,
  { zoneId, record, comment, adopted }: Publication,
  opts: pulumi.CustomResourceOptions,
): CloudflareRecord {
  const { name: owner, type, ttl } = record;
  return new CloudflareRecord(
    name,
    // Mail can't pass Cloudflare's proxy; only these could be proxied at all.
    {
      zoneId,
      name: owner,
      type,
      ttl,
      comment,
      ...data(record),
      ...(proxiable.has(type) ? { proxied: false } : {}),
    },
    {
      ...opts,
      // Cloudflare refuses a record that equals one which is still there.
      deleteBeforeReplace: true,
      ...(adopted ? { import: adopted.id } : {}),
      // As it was found, so it is still its owner's: it is neither changed nor deleted.
      ...(adopted?.kept
        ? {
            ignoreChanges: ["content", "data", "ttl", "comment", "priority", "proxied"],
            retainOnDelete: true,
          }
        : {}),
    },
  );
}

const proxiable = new Set(["A", "AAAA", "CNAME"]);

/** The record's data as Cloudflare takes it: some types as a text, others in parts. */
function data({ type, content, priority }: DnsRecord<pulumi.Input<string>>) {
  switch (type) {
    case "MX":
      return { content, priority };
    case "CAA":
      return {
        data: parts(content, /^(\d+) (\S+) "(.*)"$/, ([flags, tag, value]) => ({
          flags: Number(flags),
          tag,
          value,
        })),
      };
    case "TLSA":
      return {
        data: parts(content, /^(\d) (\d) (\d) (\S+)$/, ([usage, selector, matchingType, certificate]) => ({
          usage: Number(usage),
          selector: Number(selector),
          matchingType: Number(matchingType),
          certificate,
        })),
      };
    case "SRV":
      return {
        priority: parts(content, /^(\d+) /, ([priority]) => Number(priority)),
        data: parts(content, /^(\d+) (\d+) (\d+) (\S+)$/, ([priority, weight, port, target]) => ({
          priority: Number(priority),
          weight: Number(weight),
          port: Number(port),
          target,
        })),
      };
    default:
      return { content };
  }
}

/** Takes a content apart, at once if it is known. */
function parts<T>(
  content: pulumi.Input<string>,
  form: RegExp,
  read: (groups: readonly string[]) => T,
): pulumi.Input<T> {
  const take = (text: string) => {
    const groups = form.exec(text)?.slice(1);
    if (!groups) throw new RangeError(`${text} is no content of such a record`);
    return read(groups);
  };
  return typeof content === "string" ? take(content) : pulumi.output(content).apply(take);
}

/** What the records say, for whoever compares it with what the world sees. */
export function published(
  records: readonly DnsRecord<pulumi.Input<string>>[],
): pulumi.Output<readonly DnsRecord[]> {
  return pulumi.all(
    records.map((record) => pulumi.output(record.content).apply((content) => ({ ...record, content }))),
  );
}
