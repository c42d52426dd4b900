import type { Check } from "../../check";
import { failed, passed } from "../../outcome";

export const dnsExists: Check = {
  id: "dns-exists",
  title: "The domain exists in the DNS",
  asks: "Whether the domain resolves at all: without that no mail reaches it, and none from it is accepted.",
  source: "RFC 1034 section 3.7, RFC 8020",
  severity: "critical",
  run: async ({ domain, dns }) => {
    const { rcode } = await dns.query(domain, "SOA");
    if (rcode === "NXDOMAIN")
      return failed(
        `${domain} does not exist: ${dns.name} answers NXDOMAIN.`,
        "Look whether the registration has lapsed and whether the registry names the zone's servers; a subdomain needs at least one record of its own.",
      );
    if (rcode === "SERVFAIL")
      return failed(
        `The name servers of ${domain} are broken or out of reach: ${dns.name} answers SERVFAIL.`,
        "Make the name servers that the registry names for the zone load it and answer on UDP and TCP port 53.",
      );
    return passed(`${domain} exists.`);
  },
};
