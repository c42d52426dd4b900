import type { IssuedCertificate } from "../authority";
import { internet } from "../context";
import type { MachineFiles } from "./files";

/** Where the machine sees the package mirror. */
export const mirrorRoot = "/srv/mirror";

/** The mirror's name on the simulated internet, as the image of its machines has it in its package sources. */
export const mirrorName = "mirror.test";

/** nginx, serving the package mirror. */
export function webFiles(certificate: IssuedCertificate): MachineFiles {
  return {
    "/etc/nginx/mirror.pem": certificate.certPem,
    "/etc/nginx/mirror.key": { text: certificate.keyPem, mode: 0o600 },
    "/etc/nginx/nginx.conf": `
user www-data;
worker_processes 1;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log;
events {}
http {
    access_log /var/log/nginx/access.log;
    sendfile on;
    server {
        listen ${internet.mirror}:80;
        listen ${internet.mirror}:443 ssl;
        server_name ${mirrorName};
        ssl_certificate /etc/nginx/mirror.pem;
        ssl_certificate_key /etc/nginx/mirror.key;
        root ${mirrorRoot};
    }
}
`,
  };
}
