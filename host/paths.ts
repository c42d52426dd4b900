/** Paths that more than one program of the host knows. */
export const paths = {
  /** The data volume. */
  data: "/srv/mailserver",
  /** Programs of this project on the host. */
  programs: "/usr/local/lib/mailserver",
  /** The declared key of every certificate. */
  tlsKey: "/etc/mailserver/tls/key.pem",
  /** The certificate in force and its chain. */
  tlsCertificate: "/etc/mailserver/tls/certificate.pem",
  /** Where nginx finds the answers to the authority's challenges. */
  acmeWebroot: "/var/lib/acme-webroot",
} as const;
