import { type HostPart, part, publicFile } from "../bundle";
import { paths } from "../paths";
import { asset, fill } from "../template";

const settings = asset(__dirname, "postsrsd");
const unit = asset(__dirname, "postsrsd.service.conf");

/** On the data volume: what was signed with it is still under way when another machine takes over. */
const kept = `${paths.data}/postsrsd/secret`;
/** Its copy: AppArmor's profile in Debian lets the program read no other file. */
const secret = "/etc/postsrsd.secret";

/** Where Postfix asks for the form of a sender for forwarded mail, and for the sender behind such a form. */
export const srs = { forward: 10001, reverse: 10002 } as const;
/** Of the SMTP server that forwarded mail goes through. */
export const reinjection = 10025;
/** On the loopback, and for Postfix alone. */
export const forwardingPorts: readonly number[] = [srs.forward, srs.reverse, reinjection];

const prepareSecret = `umask 077; mkdir -p "$(dirname "$1")"
[ -s "$1" ] || { head -c 32 /dev/urandom | base64 -w 0 >"$1.new"; sync "$1.new"; mv "$1.new" "$1"; }
cmp -s "$1" "$2" || { cp "$1" "$2.new"; mv "$2.new" "$2"; }`;

/**
 * The sender rewriting scheme: forwarded mail leaves with a sender of this host, so that SPF passes, and a bounce to
 * that finds its way back. Whoever knows the secret can have this host send bounces to anybody.
 */
export function renderPostsrsd(hostname: string): HostPart {
  return part("postsrsd", {
    files: [
      publicFile(
        "/etc/default/postsrsd",
        fill(settings, { hostname, secret, forward: String(srs.forward), reverse: String(srs.reverse) }),
      ),
      publicFile("/etc/systemd/system/postsrsd.service.d/mailserver.conf", unit),
    ],
    prepare: [["sh", "-euc", prepareSecret, "postsrsd", kept, secret]],
    services: [{ unit: "postsrsd.service", onChange: "restart" }],
    ports: [srs.forward, srs.reverse].map((port) => ({ port, tls: false, greeting: "" })),
  });
}
