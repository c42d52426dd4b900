/** A certificate authority as CAA records know it. */
export interface Authority {
  readonly name: string;
  /** Finds it in the organisation of what issued a certificate. */
  readonly organization: RegExp;
  /** What its issue property may have; the first is what it asks for itself. */
  readonly domains: readonly string[];
}

/**
 * From the authorities' own certification practice statements, section 4.2, as the CCADB collects them: those that
 * mail servers' certificates come from. Several sell under the names of others.
 */
export const authorities: readonly Authority[] = [
  {
    name: "Let's Encrypt",
    organization: /^(Let's Encrypt|Internet Security Research Group)$/i,
    domains: ["letsencrypt.org"],
  },
  { name: "Google Trust Services", organization: /^Google Trust Services/i, domains: ["pki.goog"] },
  {
    name: "Sectigo",
    organization: /^(Sectigo|COMODO|The USERTRUST|ZeroSSL|Gandi|cPanel|Network Solutions|GEANT|GoGetSSL)/i,
    domains: [
      "sectigo.com",
      "comodoca.com",
      "comodo.com",
      "usertrust.com",
      "trust-provider.com",
      "gandi.net",
    ],
  },
  {
    name: "DigiCert",
    organization:
      /^(DigiCert|GeoTrust|thawte|RapidSSL|Symantec|QuoVadis|Cloudflare|Microsoft|Encryption Everywhere)/i,
    domains: [
      "digicert.com",
      "www.digicert.com",
      "geotrust.com",
      "rapidssl.com",
      "thawte.com",
      "symantec.com",
      "digitalcertvalidation.com",
      "quovadisglobal.com",
      "microsoft.com",
    ],
  },
  {
    name: "Amazon",
    organization: /^Amazon/i,
    domains: ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com", "aws.amazon.com"],
  },
  { name: "Buypass", organization: /^Buypass/i, domains: ["buypass.com", "buypass.no"] },
  { name: "SSL.com", organization: /^SSL Corp/i, domains: ["ssl.com"] },
  { name: "Actalis", organization: /^Actalis/i, domains: ["actalis.it"] },
  { name: "GlobalSign", organization: /^GlobalSign/i, domains: ["globalsign.com"] },
  {
    name: "GoDaddy",
    organization: /^(GoDaddy|Starfield)/i,
    domains: ["godaddy.com", "starfieldtech.com"],
  },
  { name: "IdenTrust", organization: /^IdenTrust/i, domains: ["identrust.com"] },
  { name: "HARICA", organization: /^(HARICA|Hellenic Academic)/i, domains: ["harica.gr"] },
  { name: "SwissSign", organization: /^SwissSign/i, domains: ["swisssign.com"] },
  { name: "Certum", organization: /^(Asseco|Unizeto)/i, domains: ["certum.pl", "certum.eu"] },
  {
    name: "D-Trust",
    organization: /^D-Trust/i,
    domains: ["d-trust.net", "dtrust.de", "d-trust.de", "dtrust.net"],
  },
  { name: "Certigna", organization: /^(Dhimyotis|Certigna)/i, domains: ["certigna.fr"] },
  { name: "Entrust", organization: /^(Entrust|AffirmTrust)/i, domains: ["entrust.net", "affirmtrust.com"] },
  { name: "Telia", organization: /^Telia/i, domains: ["telia.com", "telia.fi", "telia.se"] },
];
