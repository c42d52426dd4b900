import { installPackages } from "../../../local/preflight";
import { run } from "../../../local/run";

/** Other people's tools that the system tests ask with, as Debian packages. */
const tools = [
  "swaks",
  "libnet-dns-perl",
  "libnet-ssleay-perl",
  "libio-socket-inet6-perl",
  "bind9-dnsutils",
  "curl",
  "openssl",
  "procps",
  "opendkim-tools",
  "ldnsutils",
  "zonemaster-cli",
  "testssl.sh",
  "sieve-connect",
];

/** Installs those that are missing. */
export async function installTools(): Promise<void> {
  const missing = [];
  for (const tool of tools) {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own notation
    const { stdout } = await run(["dpkg-query", "--show", "--showformat", "${db:Status-Status}", tool], {
      accept: [0, 1],
    });
    if (stdout !== "installed") missing.push(tool);
  }
  if (missing.length > 0) await installPackages(missing);
}
