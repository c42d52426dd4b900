import { addressesOf } from "../mail-hosts";
import { CannotCheck, NotApplicable } from "../outcome";
import type { Subject } from "../subject";

/** The zone that a name is in: its apex, and the servers that its NS records name. */
export interface Zone {
  readonly name: string;
  readonly servers: readonly string[];
}

/**
 * Climbs from a name to where its zone begins.
 * @throws NotApplicable when the name does not exist or its zone is broken, which `dns-exists` or another check tells
 */
export function zoneOf(subject: Subject, name: string): Promise<Zone> {
  return subject.once(`zone of ${name}`, async () => {
    for (let at = name; at !== ""; at = at.split(".").slice(1).join(".")) {
      const { rcode, records, aliases } = await subject.dns.query(at, "NS");
      if (rcode === "SERVFAIL" || (rcode === "NXDOMAIN" && at === name))
        throw new NotApplicable(`${name} does not resolve: ${rcode}.`);
      // The name servers at the end of an alias are those of another zone.
      if (records.length > 0 && aliases.length === 0) return { name: at, servers: [...records].sort() };
    }
    throw new CannotCheck(
      `${subject.dns.name} names no name server for any part of ${name}.`,
      "Ask another resolver: --resolver 9.9.9.9",
    );
  });
}

export interface NameServer {
  readonly name: string;
  /** IPv4 first. */
  readonly addresses: readonly string[];
}

/** The name servers of the zone that the domain is in. @throws as {@link zoneOf} does */
export function nameServers(subject: Subject): Promise<{ zone: string; servers: readonly NameServer[] }> {
  return subject.once(`name servers of ${subject.domain}`, async () => {
    const zone = await zoneOf(subject, subject.domain);
    const servers = zone.servers.map(async (name) => ({ name, addresses: await addressesOf(subject, name) }));
    return { zone: zone.name, servers: await Promise.all(servers) };
  });
}

/** For evidence: `ns1.example.net (192.0.2.1, 2001:db8::1), ns2.example.net (no address)`. */
export function listServers(servers: readonly NameServer[]): string {
  return servers.map(({ name, addresses }) => `${name} (${addresses.join(", ") || "no address"})`).join(", ");
}
