/** Debian 13 packages of a mail host, by name. Installed without recommendations, so each is named here. */
export const hostPackages: readonly string[] = [
  "ca-certificates",
  "dns-root-data", // the root's addresses and trust anchor, without which Unbound does not start
  "dovecot-core",
  "dovecot-flatcurve",
  "dovecot-imapd",
  "dovecot-lmtpd",
  "dovecot-managesieved",
  "dovecot-sieve",
  "fail2ban",
  "lego",
  "needrestart",
  "nftables",
  "nginx",
  "openssl",
  "postfix",
  "postfix-mta-sts-resolver",
  "postsrsd",
  "python3-acme", // binds the authority's account to an external one: lego would show its key in every process list
  "python3-prometheus-client",
  "redis-server",
  "rspamd",
  "unattended-upgrades",
  "unbound",
];

/** Those of a host that scans for malware, besides. */
export const antivirusPackages: readonly string[] = ["clamav-daemon", "clamav-freshclam"];

/** Whatever a host may come to need once something more is declared for it. */
export const optionalHostPackages: readonly string[] = antivirusPackages;
