import type { MachineFiles } from "./files";
import { nameservers } from "./zones";

/** Where Knot keeps keys, journals and zones; outlives the machine. */
export const knotDir = "/var/lib/knot";

const listen = [...nameservers.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]), "127.0.0.1"];

/**
 * Knot, authoritative for everything from the root down. Each zone is signed with one key that never changes
 * (a combined signing key, ECDSA P-256), made when the zone is first loaded. Records are set by dynamic updates
 * (RFC 2136), which only the machine itself may send.
 */
export const knotFiles: MachineFiles = {
  "/etc/knot/knot.conf": `
server:
    listen: [ ${listen.map((address) => `${address}@53`).join(", ")} ]
    user: knot:knot
log:
  - target: syslog
    any: info
database:
    storage: ${knotDir}
acl:
  - id: this-machine
    address: 127.0.0.1
    action: update
policy:
  - id: one-key
    algorithm: ecdsap256sha256
    single-type-signing: on
    ksk-lifetime: 0
    dnskey-ttl: 60
    propagation-delay: 0
template:
  - id: default
    storage: ${knotDir}/zones
    file: "%s.zone"
    acl: this-machine
    dnssec-signing: on
    dnssec-policy: one-key
    serial-policy: unixtime
include: ${knotDir}/zones.conf
`,
  // The validating resolver's trust anchor.
  "/etc/systemd/system/knot.service.d/root-key.conf": `
[Service]
ExecStartPost=+/bin/sh -c "keymgr . dnskey >/etc/unbound/root.key"
`,
};

/**
 * The list of zones, in Knot's own configuration format.
 * @param zones whether each is signed, by its name
 */
export function zonesConf(zones: ReadonlyMap<string, boolean>): string {
  const lines = [...zones].map(
    ([zone, signed]) => `  - domain: ${zone}.\n${signed ? "" : "    dnssec-signing: off\n"}`,
  );
  return `zone:\n${lines.join("")}`;
}

export function parseZonesConf(text: string): Map<string, boolean> {
  const zones = text.matchAll(/^ {2}- domain: (.*)\.\n( {4}dnssec-signing: off\n)?/gm);
  return new Map([...zones].map(([, zone = "", unsigned]) => [zone, unsigned === undefined]));
}
