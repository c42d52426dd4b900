import { internet } from "../context";

/** The name servers of every zone: two names of one server, as registries and RFC 2182 want no fewer. */
export const nameservers = internet.nameservers.map((address, index) => ({
  name: `ns${index + 1}.test`,
  address,
}));
const primary = nameservers[0]?.name;

/** Hints for resolvers that start at the root of the simulated internet, as /usr/share/dns/root.hints. */
export const rootHints = nameservers
  .map(({ name, address }) => `. 3600000 NS ${name}.\n${name}. 3600000 A ${address}\n`)
  .join("");

const reverse = (address: string) => address.split(".").reverse().join(".");
const reverseZone = reverse(internet.cidr.replace(/\.0\/24$/, "")).concat(".in-addr.arpa");

/**
 * The zones that the simulated internet has before anyone declares one, with their records in presentation format;
 * SOA, NS and the delegations are added where the zones are made. Names are relative to the zone.
 * @param peerRecords what the correspondent publishes in its domain
 */
export function initialZones(peerRecords: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const glue = nameservers.map(({ name, address }) => `${name}. A ${address}`);
  return {
    "": glue,
    test: [
      ...glue,
      `acme A ${internet.acme}`,
      `mirror A ${internet.mirror}`,
      `stranger A ${internet.stranger}`,
      `stranger TXT "v=spf1 ip4:${internet.stranger} -all"`,
    ],
    "peer.test": peerRecords,
    // Of everything under this name only the object storage exists here, for whatever region a bucket is in.
    "amazonaws.com": [`* A ${internet.storage}`],
    [reverseZone]: [
      `${reverse(internet.peer)}.in-addr.arpa. PTR mx.peer.test.`,
      `${reverse(internet.stranger)}.in-addr.arpa. PTR stranger.test.`,
    ],
  };
}

/** A zone's master file (RFC 1035 section 5) with the given records; negative answers are kept 5 seconds. */
export function zoneFile(zone: string, records: readonly string[]): string {
  return [
    `$ORIGIN ${zone}.`,
    "$TTL 300",
    `@ SOA ${primary}. hostmaster.test. 1 3600 600 604800 5`,
    ...nameservers.map(({ name }) => `@ NS ${name}.`),
    ...records,
    "",
  ].join("\n");
}

/** The closest of the zones that encloses the given one; undefined for the root. */
export function parentOf(zone: string, zones: Iterable<string>): string | undefined {
  return [...zones]
    .filter((other) => other !== zone && isWithin(zone, other))
    .sort((a, b) => b.length - a.length)[0];
}

/** Whether a name is the zone's own or below it. The root is the empty name. */
export function isWithin(name: string, zone: string): boolean {
  return zone === "" || name === zone || name.endsWith(`.${zone}`);
}
