import { internet } from "../context";
import type { MachineFiles } from "./files";
import { ipv6ReverseZone, rootHints } from "./zones";

/** Unbound, the validating resolver of the simulated internet. Nothing stays in its cache for long. */
export const unboundFiles: MachineFiles = {
  // Validated answers are told apart (the AD bit), which the correspondent needs for DANE (RFC 7672).
  "/etc/resolv.conf": `nameserver ${internet.resolver}\noptions edns0 trust-ad\n`,
  "/etc/unbound/root.hints": rootHints,
  // AS112 zones are answered by Unbound itself unless they are named here (RFC 6303).
  "/etc/unbound/unbound.conf": `
server:
    interface: ${internet.resolver}
    interface: ${internet.ipv6.resolver}
    outgoing-interface: ${internet.resolver}
    outgoing-interface: ${internet.ipv6.resolver}
    access-control: 0.0.0.0/0 allow
    access-control: ::/0 allow
    module-config: "validator iterator"
    root-hints: /etc/unbound/root.hints
    trust-anchor-file: /etc/unbound/root.key
    local-zone: "test." nodefault
    local-zone: "113.0.203.in-addr.arpa." nodefault
    local-zone: "${ipv6ReverseZone}." nodefault
    cache-max-ttl: 5
    cache-max-negative-ttl: 1
    aggressive-nsec: no
remote-control:
    control-enable: yes
    control-interface: /run/unbound.ctl
    control-use-cert: no
`,
  "/etc/default/unbound": "ROOT_TRUST_ANCHOR_UPDATE=false\n",
  "/etc/systemd/system/unbound.service.d/order.conf": "[Unit]\nAfter=knot.service network-online.target\n",
};
