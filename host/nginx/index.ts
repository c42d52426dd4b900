import { type HostPart, part, publicFile } from "../bundle";
import type { DomainDeclaration, HostDeclaration } from "../declaration";
import { paths, webPair } from "../paths";
import { asset, fill } from "../template";
import { tls12Ciphers } from "../tls";
import { webName, webNames } from "../web";
import { autoconfigFiles } from "./autoconfig";
import { autodiscoverFiles, loginPlace } from "./autodiscover";
import { documentRoots } from "./document-root";
import { metricsServers } from "./metrics";
import { addressPlace, mobileconfigFiles } from "./mobileconfig";
import { mtaStsFiles } from "./mta-sts";

const configuration = asset(__dirname, "nginx.conf");
const sitesTemplate = asset(__dirname, "sites.conf");
const siteTemplate = asset(__dirname, "site.conf");
const answersTemplate = asset(__dirname, "answers.conf");

const answers = "/etc/nginx/answers.conf";
/** nginx talks to itself here. */
const inner = "127.0.0.1:8079";

/** The web server: the authority's challenges, the names of each domain with `web`, and the host's metrics. */
export function renderNginx(host: Pick<HostDeclaration, "hostname" | "domains" | "metricsCidrs">): HostPart {
  const { hostname, domains, metricsCidrs = [] } = host;
  const withWeb = domains.filter(({ web }) => web !== undefined);
  return part("nginx", {
    files: [
      publicFile(
        "/etc/nginx/nginx.conf",
        fill(configuration, {
          hostname,
          pair: paths.tlsPair,
          ciphers: tls12Ciphers,
          webroot: paths.acmeWebroot,
          sites: withWeb.length > 0 ? sites(withWeb) : "",
          metrics: metricsServers(hostname, metricsCidrs),
        }),
      ),
      publicFile(answers, fill(answersTemplate, { roots: documentRoots, inner, addressPlace, loginPlace })),
      ...withWeb.flatMap((domain) => [
        ...mtaStsFiles(domain),
        ...autoconfigFiles(domain, hostname),
        ...autodiscoverFiles(domain, hostname),
        ...mobileconfigFiles(domain, hostname),
      ]),
    ],
    checks: [["nginx", "-t", "-q"]],
    services: [{ unit: "nginx.service", onChange: "reload" }],
    ports: [
      { port: 80, tls: false, greeting: "" },
      { port: 443, tls: true, greeting: "" },
    ],
  });
}

function sites(domains: readonly DomainDeclaration[]): string {
  return fill(sitesTemplate, {
    autoconfigNames: domains.map(({ name }) => `\n            ${webName("autoconfig", name)}`).join(""),
    webroot: paths.acmeWebroot,
    roots: documentRoots,
    inner,
    servers: domains
      .map((domain) =>
        fill(siteTemplate, { names: webNames(domain).join(" "), pair: webPair(domain.name), answers }),
      )
      .join("")
      .trimEnd(),
  });
}
