/** Debian 13 packages of a mail host, by name. Installed without recommendations, so each is named here. */
export const hostPackages: readonly string[] = [
  "ca-certificates",
  "dns-root-data", // the root's addresses and trust anchor, without which Unbound does not start
  "dovecot-core",
  "dovecot-imapd",
  "dovecot-lmtpd",
  "lego",
  "nftables",
  "nginx",
  "openssl",
  "postfix",
  "rspamd",
  "unbound",
];
