import type { Check } from "../../check";
import { type HostTlsa, hostsWithTlsa } from "../../dane/published";
import { CannotCheck, failed, NotApplicable, passed, warning } from "../../outcome";

export const daneDnssec: Check = {
  id: "dane-dnssec",
  title: "DNSSEC protects the TLSA records",
  asks: "Whether the answers with the TLSA records are signed and validate. Senders ignore those that are not signed, and hold mail back where the signatures are wrong.",
  source: "RFC 7672 sections 2.1 and 2.2.3",
  severity: "medium",
  run: async (subject) => {
    const { dns } = subject;
    const hosts = await hostsWithTlsa(subject);
    const bogus = hosts.filter(({ answer }) => answer.security === "bogus");
    const addresses = await Promise.all(
      bogus.flatMap(({ name }) => [dns.query(name, "A"), dns.query(name, "AAAA")]),
    );
    // Where the host's address does not validate either, dns-dnssec-mx tells.
    if (addresses.some(({ security }) => security === "bogus"))
      throw new NotApplicable("The signatures over the mail hosts' addresses do not validate.");
    if (bogus.length > 0)
      return failed(
        `The answers for ${names(bogus)} do not validate, so senders that heed DANE hold the domain's mail back.`,
        "Sign the zone anew, with proof of what is not there (NSEC or NSEC3).",
      );
    const published = hosts.filter(({ answer }) => answer.records.length > 0);
    if (published.length === 0) throw new NotApplicable("No mail host has a TLSA record.");
    const insecure = published.filter(({ answer }) => answer.security === "insecure");
    if (insecure.length > 0)
      return warning(
        `${names(insecure)}: TLSA records without DNSSEC, which senders ignore.`,
        "Switch DNSSEC on for the zone of the mail host and hand the DS record to its registrar.",
      );
    if (published.some(({ answer }) => answer.security === "unknown"))
      throw new CannotCheck(
        `The resolver ${dns.name} does not validate, so whether DNSSEC protects the TLSA records is unknown.`,
        "Ask one that validates: --resolver 9.9.9.9",
      );
    return passed(`Signed, and the signatures validate: ${names(published)}.`);
  },
};

function names(hosts: readonly HostTlsa[]): string {
  return hosts.map(({ tlsaName }) => tlsaName).join(", ");
}
