import type { Check } from "../../check";
import { policyInForce, policyLine, withTags } from "../../dmarc/policy";
import { failed, passed } from "../../outcome";

export const dmarcPolicy: Check = {
  id: "dmarc-policy",
  title: "DMARC has forged mail refused",
  asks: "Whether the policy asks receivers to quarantine or reject mail that uses the domain in From without proof. With p=none they deliver it.",
  source: "RFC 9989, sections 4.7 and 5.1.7",
  severity: "high",
  run: async (subject) => {
    const applied = await policyInForce(subject);
    const { policy, inherited, record, at } = applied;
    const tag = inherited && record.sp ? "sp" : "p";
    const line = policyLine(applied);
    if (policy !== "none")
      return passed(`Mail that fails is to be ${policy === "reject" ? "rejected" : "quarantined"}.\n${line}`);
    const why = record.tags.has(tag) ? `${tag}=none` : "there is no p=, which is as p=none";
    return failed(
      `Forged mail of ${subject.domain} is delivered: ${why} at _dmarc.${at}.\n${line}`,
      `Look in the reports whether all of your own mail passes, then publish ${withTags(applied, { [tag]: "quarantine" })}`,
    );
  },
};
