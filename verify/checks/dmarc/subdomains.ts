import type { Check } from "../../check";
import { organizationalDomain, policyInForce, policyLine, withTags } from "../../dmarc/policy";
import { policies } from "../../dmarc/record";
import { failed, NotApplicable, passed, warning } from "../../outcome";

export const dmarcSubdomains: Check = {
  id: "dmarc-subdomains",
  title: "DMARC covers subdomains as well",
  asks: "Whether sp= and np= are weaker than p=: then mail can be forged from names below the domain, whether they exist or not.",
  source: "RFC 9989, section 4.7",
  severity: "medium",
  run: async (subject) => {
    const { domain } = subject;
    const applied = await policyInForce(subject);
    const { record, inherited, policy } = applied;
    const head = inherited ? applied.at : await organizationalDomain(subject, domain);
    if (head !== domain) throw new NotApplicable(`The policy of ${head} is for the names below ${domain}.`);
    if (policy === "none") throw new NotApplicable("The policy of the domain itself is none.");
    const sp = record.sp ?? policy;
    const np = record.np ?? sp;
    const weakest = [sp, np, policy].reduce((a, b) => (policies.indexOf(a) <= policies.indexOf(b) ? a : b));
    const line = policyLine(applied);
    if (weakest === policy) return passed(`Subdomains are covered as the domain is.\n${line}`);
    const tags = [sp !== policy ? `sp=${sp}` : "", np !== policy && record.np ? `np=${np}` : ""].filter(
      Boolean,
    );
    const evidence = `${tags.join(" and ")} is weaker than p=${policy}.\n${line}`;
    const remedy = `Publish ${withTags(applied, { sp: undefined, np: undefined })}`;
    return weakest === "none" ? failed(evidence, remedy) : warning(evidence, remedy);
  },
};
