import type { Inventory } from "../../inventory";
import { plainName } from "./host-name";
import { rendered } from "./record-content";

/** A record as the API tells it; what a record of this type does not have is null. */
export function recordOutputs(id: string, { config, facts }: Inventory["dnsRecord"]) {
  return {
    comment: config.comment || null,
    commentModifiedOn: facts.commentModified ?? null,
    content: rendered(config).content,
    createdOn: facts.created,
    data: config.data ?? null,
    id,
    meta: facts.emailRouting ? emailRoutingMeta : "{}",
    modifiedOn: facts.modified,
    name: plainName(config.name),
    priority: config.priority ?? null,
    privateRouting: null,
    proxiable: proxiable(config.type),
    proxied: config.proxied ?? false,
    // The provider fills these in for a CNAME, whether the API tells them or not.
    settings: config.type === "CNAME" ? { flattenCname: false, ipv4Only: false, ipv6Only: false } : null,
    tags: [],
    tagsModifiedOn: null,
    ttl: config.ttl,
    type: config.type,
  };
}

/** Whether records of a type can go through Cloudflare's proxy. */
export function proxiable(type: string): boolean {
  return ["A", "AAAA", "CNAME"].includes(type);
}

/** How the API marks a record that Email Routing keeps locked. */
const emailRoutingMeta = JSON.stringify({ auto_added: false, email_routing: true, read_only: true });
