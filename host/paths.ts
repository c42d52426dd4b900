/** Paths that more than one program of the host knows. */
export const paths = {
  /** The data volume. */
  data: "/srv/mailserver",
  /** Programs of this project on the host. */
  programs: "/usr/local/lib/mailserver",
  /** The host's certificate in force, in one file so that both change at once: its key, then the chain. */
  tlsPair: "/etc/mailserver/tls/pair.pem",
  /** Where nginx finds the answers to the authority's challenges. */
  acmeWebroot: "/var/lib/acme-webroot",
  /** The host's numbers as Prometheus reads them, written once a minute. */
  metrics: "/run/mailserver-watch/metrics.prom",
  /** fail2ban's database, on the data volume: a ban outlives the machine. */
  bans: "/srv/mailserver/fail2ban/fail2ban.sqlite3",
  /** Where Dovecot tells its own, to this host alone. */
  dovecotMetrics: "127.0.0.1:9900",
} as const;

/** The folder of the certificates in force for web names. */
export const webPairs = "/etc/mailserver/tls/web";

/** The certificate in force for the web names of a domain, as the host's own. */
export function webPair(domain: string): string {
  return `${webPairs}/${domain}.pem`;
}
