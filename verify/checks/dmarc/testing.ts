import type { Check } from "../../check";
import { policyInForce, policyLine, withTags } from "../../dmarc/policy";
import { NotApplicable, passed, warning } from "../../outcome";

export const dmarcTesting: Check = {
  id: "dmarc-testing",
  title: "DMARC is not in test mode",
  asks: "Whether the record has t=y: receivers then apply the next weaker policy, quarantine for reject and none for quarantine.",
  source: "RFC 9989, section 4.7 and appendix A.6",
  severity: "medium",
  run: async (subject) => {
    const applied = await policyInForce(subject);
    const { policy, record } = applied;
    const line = policyLine(applied);
    if (!record.testing) return passed(`There is no t=y.\n${line}`);
    if (policy === "none") throw new NotApplicable("The policy is none, which t=y does not change.");
    return warning(
      `With t=y, ${policy} counts as ${policy === "reject" ? "quarantine" : "none"}.\n${line}`,
      `Once the reports show that all of your own mail passes, publish ${withTags(applied, { t: undefined })}`,
    );
  },
};
