import type { HostDeclaration } from "./declaration";

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

/** Those of this host. */
export function packagesOf({ acme }: Pick<HostDeclaration, "acme">): readonly string[] {
  // lego takes the key of an external account as an argument only, where every process list shows it.
  return acme.eab ? [...hostPackages, "python3-acme"] : hostPackages;
}
