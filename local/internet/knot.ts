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

/** The list of zones, in Knot's own configuration format. */
export function zonesConf(zones: Iterable<string>): string {
  return `zone:\n${[...zones].map((zone) => `  - domain: ${zone}.\n`).join("")}`;
}

export function parseZonesConf(text: string): string[] {
  return [...text.matchAll(/^ {2}- domain: (.*)\.$/gm)].map(([, zone = ""]) => zone);
}
