import type { Check } from "../../check";
import { canonicalName, mailHosts } from "../../mail-hosts";
import { allows } from "../../mta-sts/policy";
import { policyInForce, policyUrl, wantedRecord } from "../../mta-sts/published";
import { failed, NotApplicable, passed, warning } from "../../outcome";

export const mtaStsMx: Check = {
  id: "mta-sts-mx",
  title: "The MTA-STS policy names all mail hosts",
  asks: "Whether every host of the MX records matches an mx: of the policy. Under mode: enforce senders do not deliver to one that does not.",
  source: "RFC 8461 section 4.1",
  severity: "high",
  run: async (subject) => {
    const policy = await policyInForce(subject);
    if (policy.mode === "none") throw new NotApplicable("The MTA-STS policy is switched off (mode: none).");
    const hosts = await Promise.all(
      (await mailHosts(subject)).map(async ({ name }) => ({
        name,
        canonical: await canonicalName(subject, name),
      })),
    );
    // Of a mail host that is an alias, mx-alias tells.
    const strays = hosts
      .filter(({ name, canonical }) => !allows(policy, name) && !allows(policy, canonical))
      .map(({ name }) => name);
    const patterns = policy.mx.join(", ");
    if (strays.length === 0)
      return passed(`${hosts.map(({ name }) => name).join(", ")}: all in the policy (${patterns}).`);
    const report = policy.mode === "enforce" ? failed : warning;
    return report(
      `${strays.join(", ")}: not in the MTA-STS policy, which is for ${patterns} (mode: ${policy.mode}).\n${policy.text.trimEnd()}`,
      `Add "${strays.map((name) => `mx: ${name}`).join('", "')}" to ${policyUrl(subject)}, then change the record's id so that senders fetch it anew: ${wantedRecord(subject)}`,
    );
  },
};
