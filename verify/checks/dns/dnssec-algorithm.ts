import type { Check } from "../../check";
import { signing } from "../../dns/signing";
import { describeAlgorithm, isDeprecated } from "../../dns/signing-algorithms";
import { zoneOf } from "../../dns/zone";
import { NotApplicable, passed, warning } from "../../outcome";

/** Of DS records (RFC 3658 section 2.4, deprecated by RFC 9905). */
const sha1 = 1;

export const dnsDnssecAlgorithm: Check = {
  id: "dns-dnssec-algorithm",
  title: "The signatures use algorithms that are still heeded",
  asks: "Whether zone and DS record use none of the deprecated algorithms: resolvers take such a zone for unsigned, or refuse it.",
  source: "RFC 9904, RFC 9905 section 2",
  severity: "low",
  run: async (subject) => {
    const { name: zone } = await zoneOf(subject, subject.domain);
    const { ds, keys } = await signing(subject, zone, []);
    if (ds.length === 0) throw new NotApplicable(`${zone} is not signed.`);
    const algorithms = [...new Set([...ds, ...keys].map(({ algorithm }) => algorithm))].sort((a, b) => a - b);
    const old = algorithms.filter((algorithm) => isDeprecated({ algorithm }));
    if (old.length > 0)
      return warning(
        `${zone} is signed with the deprecated algorithm ${old.map(describeAlgorithm).join(", ")}.`,
        "Roll its keys over to algorithm 13 (ECDSAP256SHA256) at the DNS provider and hand the new DS record to the registrar.",
      );
    if (ds.every(({ digestType }) => digestType === sha1))
      return warning(
        `The DS record of ${zone} has only a SHA-1 digest: ${ds.map((r) => `${r.keyTag} ${r.algorithm} ${r.digestType} ${r.digest}`).join(", ")}.`,
        "Hand the DS record with the SHA-256 digest (type 2) of the same key to the registrar.",
      );
    return passed(`${zone} is signed with ${algorithms.map(describeAlgorithm).join(", ")}.`);
  },
};
