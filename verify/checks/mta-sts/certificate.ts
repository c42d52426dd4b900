import type { Check } from "../../check";
import { canonicalName, mailHosts } from "../../mail-hosts";
import { allows } from "../../mta-sts/policy";
import { policyInForce } from "../../mta-sts/published";
import { failed, NotApplicable, passed, warning } from "../../outcome";
import type { Subject } from "../../subject";
import { mailServerChain, mailServerChains, type SeenChain } from "../../tls/peer";

export const mtaStsCertificate: Check = {
  id: "mta-sts-certificate",
  title: "The mail hosts' certificates satisfy the MTA-STS policy",
  asks: "Whether each mail host of the policy has a certificate on port 25 that is trusted, in force and for its name. Under mode: enforce senders do not deliver otherwise.",
  source: "RFC 8461 section 4.2",
  severity: "high",
  run: async (subject) => {
    const policy = await policyInForce(subject);
    if (policy.mode === "none") throw new NotApplicable("The MTA-STS policy is switched off (mode: none).");
    const canonical = new Map<string, string>();
    for (const { name } of await mailHosts(subject)) canonical.set(name, await canonicalName(subject, name));
    const named = (name: string) => canonical.get(name) ?? name;
    const hosts = (await mailHosts(subject)).filter(
      ({ name }) => allows(policy, name) || allows(policy, named(name)),
    );
    if (hosts.length === 0) throw new NotApplicable("The MTA-STS policy names none of the mail hosts.");
    const { seen, unseen } = await mailServerChains(subject, hosts);
    const fits = await Promise.all(
      seen.map((each) => each.authorized || fitsName(subject, each, named(each.host))),
    );
    const faults = seen
      .filter((_, index) => !fits[index])
      .map(
        ({ host, address, authorizationError }) =>
          `The certificate of ${host} (${address}) ${authorizationError}.`,
      );
    if (faults.length > 0) {
      const report = policy.mode === "enforce" ? failed : warning;
      return report(
        [...faults, `The MTA-STS policy has mode: ${policy.mode}.`, ...unseen].join("\n"),
        "Serve a certificate of a public authority for the host's name, with its intermediates, on port 25 (Postfix: smtpd_tls_chain_files), or set the policy to mode: testing until there is one.",
      );
    }
    const good = seen.map(({ host, address }) => `${host} (${address})`).join(", ");
    return passed([`Trusted, in force and for the host's name: ${good}.`, ...unseen].join("\n"));
  },
};

/**
 * Whether a certificate that does not hold for a mail host's name holds for the one that its alias leads to: then the
 * alias is what is wrong, which mx-alias tells.
 */
async function fitsName(subject: Subject, { host, address }: SeenChain, canonical: string): Promise<boolean> {
  if (canonical === host) return false;
  const { authorized } = await mailServerChain(subject, canonical, address);
  return authorized;
}
