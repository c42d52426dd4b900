import { type HostPart, part, publicFile } from "../bundle";
import { paths } from "../paths";
import { asset, fill } from "../template";
import { tls12Ciphers } from "../tls";

const configuration = asset(__dirname, "nginx.conf");

export function renderNginx(): HostPart {
  return part("nginx", {
    files: [
      publicFile(
        "/etc/nginx/nginx.conf",
        fill(configuration, {
          certificate: paths.tlsCertificate,
          key: paths.tlsKey,
          ciphers: tls12Ciphers,
          webroot: paths.acmeWebroot,
        }),
      ),
    ],
    checks: [["nginx", "-t", "-q"]],
    services: [{ unit: "nginx.service", onChange: "reload" }],
    ports: [
      { port: 80, tls: false, greeting: "" },
      { port: 443, tls: true, greeting: "" },
    ],
  });
}
