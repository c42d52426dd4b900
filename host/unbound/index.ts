import { type HostPart, part, publicFile } from "../bundle";
import { asset } from "../template";

const configuration = asset(__dirname, "unbound.conf");
const resolver = asset(__dirname, "resolv.conf");
const nameService = asset(__dirname, "nsswitch.conf");
const unit = asset(__dirname, "unbound.service.conf");

/** The validating resolver, and every program of the host pointed at it. */
export function renderUnbound(): HostPart {
  return part("unbound", {
    files: [
      publicFile("/etc/unbound/unbound.conf", configuration),
      // Debian's start script would write a trust anchor of its own.
      publicFile("/etc/default/unbound", "ROOT_TRUST_ANCHOR_UPDATE=false\n"),
      publicFile("/etc/resolv.conf", resolver),
      publicFile("/etc/nsswitch.conf", nameService),
      publicFile("/etc/systemd/system/unbound.service.d/mailserver.conf", unit),
    ],
    checks: [["unbound-checkconf", "/etc/unbound/unbound.conf"]],
    services: [{ unit: "unbound.service", onChange: "restart" }],
  });
}
