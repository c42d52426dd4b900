import type { Check } from "../../check";
import { delegationSigner, type Signing, signing } from "../../dns/signing";
import { isDeprecated } from "../../dns/signing-algorithms";
import { zoneOf } from "../../dns/zone";
import { failed, NotApplicable, passed, warning } from "../../outcome";

export const dnsDnssec: Check = {
  id: "dns-dnssec",
  title: "The domain is signed, and the signatures are right",
  asks: "Whether DNSSEC protects the domain's records: MX, SPF and DKIM can be forged otherwise, and DANE needs it.",
  source: "RFC 4033, RFC 9364 section 1.1",
  severity: "medium",
  run: async (subject) => {
    const { domain, dns } = subject;
    const { name: zone } = await zoneOf(subject, domain);
    const state = await signing(subject, zone, [
      { name: zone, type: "SOA" },
      { name: domain, type: "MX" },
    ]);
    if (state.security === "bogus")
      return failed(
        `The signatures of ${zone} do not validate: ${dns.name} gives its records only with checking disabled.\n${listDs(zone, state)}`,
        `Sign the zone anew and make the DS record at the registry fit its key, or remove the DS record for now.${advice(zone, state)}`,
      );
    if (state.security === "secure")
      return passed(`${zone} is signed and validates.\n${listDs(zone, state)}`);
    if (state.ds.length > 0 && state.ds.every(isDeprecated))
      throw new NotApplicable(`${zone} is signed with algorithms that resolvers no longer heed.`);
    if (state.keys.length > 0 && state.ds.length === 0)
      return warning(
        `${zone} is signed, but the registry has no DS record for it, so nobody heeds the signatures.`,
        `Hand the DS record to the registrar.${advice(zone, state)}`,
      );
    return warning(
      `${zone} is not protected by DNSSEC.`,
      "Switch DNSSEC on at the DNS provider and hand the DS record that it shows to the registrar.",
    );
  },
};

function listDs(zone: string, { ds }: Signing): string {
  return ds
    .map(
      ({ keyTag, algorithm, digestType, digest }) =>
        `${zone}. DS ${keyTag} ${algorithm} ${digestType} ${digest}`,
    )
    .join("\n");
}

/** The DS record for the key with the secure entry point flag (RFC 4034 section 2.1.1). */
function advice(zone: string, { keys }: Signing): string {
  const key = keys.find(({ flags }) => flags & 1);
  return key ? ` For the key that the zone has now it is: ${zone}. DS ${delegationSigner(zone, key)}` : "";
}
