import type { IssuedCertificate } from "../authority";
import { internet } from "../context";
import type { MachineFiles } from "./files";

/** Every certificate authority the simulated internet ever had; outlives the machine. */
export const trustDir = "/var/lib/trust";
export const trustFile = `${trustDir}/trust.pem`;

const days = 24 * 60 * 60;

/** Each start of Pebble makes a new root, which is noted before the service counts as started. */
const noteRoot =
  "until curl --silent --fail --cacert /etc/pebble/root.pem https://127.0.0.1:15000/roots/0; do sleep 0.05; done";

/** Pebble listens at one address. */
const ipv6Door = {
  "/etc/systemd/system/pebble-ipv6.socket": `
[Socket]
ListenStream=[${internet.ipv6.acme}]:443
FreeBind=yes
`,
  "/etc/systemd/system/pebble-ipv6.service": `
[Service]
DynamicUser=yes
ExecStart=/lib/systemd/systemd-socket-proxyd ${internet.acme}:443
`,
};

/**
 * Pebble, an ACME server, at https://acme.test/dir. Certificates are good for 90 days, as Let's Encrypt's are.
 * It looks names up through the validating resolver and forgets accounts and authorizations when it is restarted.
 * @param api the certificate of its API, for `acme.test` and `127.0.0.1`
 * @param authority the root of that certificate
 */
export function pebbleFiles(api: IssuedCertificate, authority: string): MachineFiles {
  return {
    "/etc/pebble/pebble.json": JSON.stringify({
      pebble: {
        listenAddress: `${internet.acme}:443`,
        managementListenAddress: "127.0.0.1:15000",
        certificate: "/etc/pebble/api.pem",
        privateKey: "/run/credentials/pebble.service/api.key",
        httpPort: 80,
        tlsPort: 443,
        certificateValidityPeriod: 90 * days,
        retryAfter: { authz: 1, order: 1 },
      },
    }),
    "/etc/pebble/api.pem": api.certPem,
    "/etc/pebble/api.key": { text: api.keyPem, mode: 0o600 },
    "/etc/pebble/root.pem": authority,
    "/etc/systemd/system/pebble.service": `
[Unit]
Description=Pebble ACME server
After=network-online.target
Wants=network-online.target

[Service]
DynamicUser=yes
AmbientCapabilities=CAP_NET_BIND_SERVICE
LoadCredential=api.key:/etc/pebble/api.key
Environment=PEBBLE_VA_NOSLEEP=1 PEBBLE_AUTHZREUSE=0
ExecStart=pebble -strict -config /etc/pebble/pebble.json -dnsserver ${internet.resolver}:53
ExecStartPost=+/bin/sh -c '${noteRoot} >>${trustFile}'
TimeoutStartSec=30

[Install]
WantedBy=multi-user.target
`,
    ...ipv6Door,
  };
}
