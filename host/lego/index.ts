import { type HostPart, part, publicFile, secretFile } from "../bundle";
import type { HostDeclaration } from "../declaration";
import { paths } from "../paths";
import { asset, fill } from "../template";

const program = asset(__dirname, "certificate.py");
const service = asset(__dirname, "mailserver-certificate.service");
const timer = asset(__dirname, "mailserver-certificate.timer");

/**
 * The certificate: the self-signed one at first, then what the authority issues for the declared request (RFC 8555),
 * renewed by a timer.
 */
export function renderLego(host: Pick<HostDeclaration, "hostname" | "certificate" | "acme">): HostPart {
  const script = `${paths.programs}/certificate.py`;
  return part("lego", {
    files: [
      publicFile(script, program),
      publicFile(
        "/etc/mailserver/certificate.json",
        `${JSON.stringify({
          hostname: host.hostname,
          directory: host.acme.directory,
          email: host.acme.email,
          webroot: paths.acmeWebroot,
          key: paths.tlsKey,
          certificate: paths.tlsCertificate,
          request: "/etc/mailserver/tls/request.pem",
          bootstrap: "/etc/mailserver/tls/bootstrap.pem",
          state: `${paths.data}/acme`,
          serving: ["postfix.service", "dovecot.service", "nginx.service"],
        })}\n`,
      ),
      secretFile(paths.tlsKey, host.certificate.privateKeyPem),
      publicFile("/etc/mailserver/tls/request.pem", host.certificate.requestPem),
      publicFile("/etc/mailserver/tls/bootstrap.pem", host.certificate.bootstrapPem),
      publicFile("/etc/systemd/system/mailserver-certificate.service", fill(service, { program: script })),
      publicFile("/etc/systemd/system/mailserver-certificate.timer", timer),
    ],
    // Puts a certificate that fits the key in place, in the staged tree too: the other programs' checks read it.
    checks: [["python3", "-B", script, "place"]],
    prepare: [
      ["python3", "-B", script, "install"],
      ["systemctl", "start", "--no-block", "mailserver-certificate.service"],
    ],
    directories: [{ path: paths.acmeWebroot, mode: "0755", owner: "root:root" }],
    services: [{ unit: "mailserver-certificate.timer", onChange: "restart" }],
  });
}
