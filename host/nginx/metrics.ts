import { paths } from "../paths";
import { asset, fill } from "../template";

const server = asset(__dirname, "metrics.conf");

/** Where Prometheus reads, on this host alone. */
export const metricsListen = "127.0.0.1:9154";
/** Where others may, if any are declared. */
export const metricsPort = 9443;

/** The numbers that `host/watch` writes, and Dovecot's own. @param cidrs networks that may read them from outside */
export function metricsServers(hostname: string, cidrs: readonly string[]): string {
  const inside = fill(server, {
    listen: `        listen ${metricsListen};\n`,
    access: "",
    metrics: paths.metrics,
    dovecot: paths.dovecotMetrics,
  });
  if (cidrs.length === 0) return inside;
  const listens = [
    `        listen ${metricsPort} ssl default_server;\n`,
    `        listen [::]:${metricsPort} ssl default_server;\n`,
    `        server_name ${hostname};\n`,
  ];
  // The firewalls say so too; this one still does when somebody has opened those by hand.
  const access = [...cidrs.map((cidr) => `        allow ${cidr};\n`), "        deny all;\n"];
  return (
    inside +
    fill(server, {
      listen: listens.join(""),
      access: access.join(""),
      metrics: paths.metrics,
      dovecot: paths.dovecotMetrics,
    })
  );
}
