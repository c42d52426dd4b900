import { internet } from "../context";

/** The name servers of every zone: two names of one server, as registries and RFC 2182 want no fewer. */
export const nameservers = ([0, 1] as const).map((index) => ({
  name: `ns${index + 1}.test`,
  ipv4: internet.nameservers[index],
  ipv6: internet.ipv6.nameservers[index],
}));
const primary = nameservers[0]?.name;

/** Hints for resolvers that start at the root of the simulated internet, as /usr/share/dns/root.hints. */
export const rootHints = nameservers
  .flatMap(({ name, ipv4, ipv6 }) => [`. 3600000 NS ${name}.`, ...addresses(`${name}. 3600000`, ipv4, ipv6)])
  .map((line) => `${line}\n`)
  .join("");

const reverse = (address: string) => address.split(".").reverse().join(".");
const reverseZone = reverse(internet.cidr.replace(/\.0\/24$/, "")).concat(".in-addr.arpa");

/** Of 2001:db8::/32; whatever has no name there, as the hosts of VPCs, is answered with NXDOMAIN. */
export const ipv6ReverseZone = "8.b.d.0.1.0.0.2.ip6.arpa";

/**
 * The zones that the simulated internet has before anyone declares one, with their records in presentation format;
 * SOA, NS and the delegations are added where the zones are made. Names are relative to the zone.
 * @param peerRecords what the correspondent publishes in its domain
 */
export function initialZones(peerRecords: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const { ipv6 } = internet;
  const glue = nameservers.flatMap((server) => addresses(`${server.name}.`, server.ipv4, server.ipv6));
  return {
    "": glue,
    test: [
      ...glue,
      ...addresses("acme", internet.acme, ipv6.acme),
      `mirror A ${internet.mirror}`,
      ...addresses("stranger", internet.stranger, ipv6.stranger),
      `stranger TXT "v=spf1 ip4:${internet.stranger} ip6:${ipv6.stranger} -all"`,
    ],
    "peer.test": peerRecords,
    // Of everything under this name only the object storage exists here, for whatever region a bucket is in.
    "amazonaws.com": [`* A ${internet.storage}`],
    [reverseZone]: [
      `${reverse(internet.peer)}.in-addr.arpa. PTR mx.peer.test.`,
      `${reverse(internet.stranger)}.in-addr.arpa. PTR stranger.test.`,
    ],
    [ipv6ReverseZone]: [
      `${ipv6ReverseName(ipv6.peer)} PTR mx.peer.test.`,
      `${ipv6ReverseName(ipv6.stranger)} PTR stranger.test.`,
    ],
  };
}

/** A host's address records. */
export function addresses(owner: string, ipv4: string, ipv6: string): string[] {
  return [`${owner} A ${ipv4}`, `${owner} AAAA ${ipv6}`];
}

/** The owner of the PTR record of an address that `internet.ipv6` has, for example `2001:db8::25` (RFC 3596 section 2.5). */
function ipv6ReverseName(address: string): string {
  const [head = "", tail = ""] = address.split("::").map((half) =>
    half
      .split(":")
      .map((group) => group.padStart(4, "0"))
      .join(""),
  );
  const digits = head + tail.padStart(32 - head.length, "0");
  return `${[...digits].reverse().join(".")}.ip6.arpa.`;
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
