import type { Check } from "../../check";
import { policyInForce, policyLine, withTags } from "../../dmarc/policy";
import { NotApplicable, passed, warning } from "../../outcome";
import { hasNullMx } from "../../spf/null-mx";

export const dmarcReports: Check = {
  id: "dmarc-reports",
  title: "DMARC reports go to somebody",
  asks: "Whether the policy names an address for aggregate reports (rua=), which tell who sends in the domain's name and what fails.",
  source: "RFC 9989, sections 4.7 and 5.1.3",
  severity: "low",
  run: async (subject) => {
    const applied = await policyInForce(subject);
    const { record, at } = applied;
    const line = policyLine(applied);
    if (record.rua.length > 0)
      return passed(`Reports go to ${record.rua.map(({ uri }) => uri).join(", ")}.\n${line}`);
    if (record.tags.has("rua")) throw new NotApplicable("The addresses in rua= are malformed.");
    if (await hasNullMx(subject)) throw new NotApplicable(`${subject.domain} does no mail (null MX).`);
    return warning(
      `There is no rua=, so nobody hears of failures.\n${line}`,
      `Publish ${withTags(applied, { rua: `mailto:postmaster@${at}` })}`,
    );
  },
};
