/** The directory of Let's Encrypt. */
export const letsEncrypt = "https://acme-v02.api.letsencrypt.org/directory";

/** Hosts of public authorities' ACME directories, and how each names itself in CAA records (RFC 8659 section 4.2). */
const identities: Readonly<Record<string, string>> = {
  "acme-v02.api.letsencrypt.org": "letsencrypt.org",
  "acme-staging-v02.api.letsencrypt.org": "letsencrypt.org",
  "acme.zerossl.com": "sectigo.com",
  "dv.acme-v02.api.pki.goog": "pki.goog",
  "api.buypass.com": "buypass.com",
  "acme.ssl.com": "ssl.com",
};

/** The name in CAA records of the authority with an ACME directory; undefined when it is not a known one. */
export function caaIdentityOf(directory: string | undefined): string | undefined {
  return directory !== undefined && URL.canParse(directory)
    ? identities[new URL(directory).hostname]
    : undefined;
}
