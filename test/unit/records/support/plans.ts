import fc from "fast-check";
import { dmarcPolicies, type MailDomainPlan, mtaStsModes } from "../../../../records";

/** A domain at mx1.example.org with nothing chosen, as the components fill it in. */
export function plan(changes: Partial<MailDomainPlan> = {}): MailDomainPlan {
  const { domain = "example.org" } = changes;
  return {
    domain,
    hostname: "mx1.example.org",
    hasMx: true,
    spfIncludes: [],
    spfAddresses: [],
    spfTerms: [],
    dmarcPolicy: "reject",
    dmarcReports: [`postmaster@${domain}`],
    dmarcReportsOf: [],
    mtaSts: "enforce",
    tlsReports: [`postmaster@${domain}`],
    ...changes,
  };
}

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/);
export const domainName = fc.array(label, { minLength: 2, maxLength: 3 }).map((labels) => labels.join("."));
const address = fc.tuple(label, domainName).map((parts) => parts.join("@"));
const addresses = fc.uniqueArray(address, { minLength: 1, maxLength: 3 });

/** Any choices that can be made for a domain, within the ten look-ups of SPF. */
export const choices: fc.Arbitrary<Omit<MailDomainPlan, "domain" | "hostname">> = fc.record(
  {
    hasMx: fc.boolean(),
    spfIncludes: fc.uniqueArray(domainName, { maxLength: 6 }),
    spfAddresses: fc.subarray(["192.0.2.1", "198.51.100.0/24", "2001:db8::25", "2001:db8:1::/48"]),
    spfTerms: fc.subarray(["mx", "a:old.example.net", "exists:%{ir}.spf.example.net"]),
    dmarcPolicy: fc.constantFrom(...dmarcPolicies),
    dmarcReports: addresses,
    dmarcReportsOf: fc.uniqueArray(domainName, { maxLength: 3 }),
    mtaSts: fc.constantFrom(...mtaStsModes),
    tlsReports: addresses,
    caaIssuers: fc.uniqueArray(domainName, { minLength: 1, maxLength: 3 }),
    bimi: fc.record(
      {
        logo: fc.constant("https://example.org/a.svg"),
        certificate: fc.constant("https://example.org/a.pem"),
      },
      { requiredKeys: ["logo"] },
    ),
  },
  {
    requiredKeys: [
      "hasMx",
      "spfIncludes",
      "spfAddresses",
      "spfTerms",
      "dmarcPolicy",
      "dmarcReports",
      "dmarcReportsOf",
      "mtaSts",
      "tlsReports",
    ],
  },
);
