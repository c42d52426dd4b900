import { join } from "node:path";
import { type HostPart, part, publicFile, secretFile } from "../bundle";
import type { HostDeclaration } from "../declaration";
import { letters } from "../letters";
import { paths, webPair, webPairs } from "../paths";
import { pythonModules } from "../python";
import { asset, fill } from "../template";
import { webNames } from "../web";

const directory = `${paths.programs}/certificate`;
const program = `${directory}/main.py`;
const modules = pythonModules(join(__dirname, "certificate"), directory);
const service = fill(asset(__dirname, "mailserver-certificate.service"), { program });
const timer = asset(__dirname, "mailserver-certificate.timer");

const declared = "/etc/mailserver/tls";
const externalAccountKey = "/etc/mailserver/acme-external-account-key";

/**
 * Certificates: a self-signed one at first, then what the authority issues (RFC 8555), renewed by a timer. The host's
 * own is for the declared request; each domain with `web` has one besides, whose key the host makes.
 */
export function renderLego(
  host: Pick<HostDeclaration, "hostname" | "domains" | "certificate" | "acme">,
): HostPart {
  const { eab } = host.acme;
  return part("lego", {
    files: [
      ...modules,
      letters(directory),
      publicFile(
        "/etc/mailserver/certificate.json",
        `${JSON.stringify({
          hostname: host.hostname,
          directory: host.acme.directory,
          email: host.acme.email,
          eabKeyId: eab?.keyId ?? null,
          eabKey: externalAccountKey,
          webroot: paths.acmeWebroot,
          state: `${paths.data}/acme`,
          key: `${declared}/key.pem`,
          request: `${declared}/request.pem`,
          bootstrap: `${declared}/bootstrap.pem`,
          pair: paths.tlsPair,
          webPairs,
          services: ["postfix.service", "dovecot.service", "nginx.service"],
          webService: "nginx.service",
          web: host.domains
            .filter(({ web }) => web !== undefined)
            .map((domain) => ({
              domain: domain.name,
              names: webNames(domain),
              pair: webPair(domain.name),
            })),
        })}\n`,
      ),
      secretFile(`${declared}/key.pem`, host.certificate.privateKeyPem),
      publicFile(`${declared}/request.pem`, host.certificate.requestPem),
      publicFile(`${declared}/bootstrap.pem`, host.certificate.bootstrapPem),
      ...(eab ? [secretFile(externalAccountKey, `${eab.hmacKey}\n`)] : []),
      publicFile("/etc/systemd/system/mailserver-certificate.service", service),
      publicFile("/etc/systemd/system/mailserver-certificate.timer", timer),
    ],
    // Puts certificates that fit their keys in place, in the staged tree too: the other programs' checks read them.
    checks: [["python3", "-B", program, "place"]],
    prepare: [
      ["python3", "-B", program, "install"],
      ["systemctl", "start", "--no-block", "mailserver-certificate.service"],
    ],
    directories: [{ path: paths.acmeWebroot, mode: "0755", owner: "root:root" }],
    services: [{ unit: "mailserver-certificate.timer", onChange: "restart" }],
  });
}
