import type { Check } from "../../check";
import { discoverPolicy, policyLine, wantedPolicy } from "../../dmarc/policy";
import { failed, NotApplicable, passed, warning } from "../../outcome";
import { problemLines } from "../../tag-list";

export const dmarcSyntax: Check = {
  id: "dmarc-syntax",
  title: "The DMARC record is well formed",
  asks: "Whether the record keeps to the grammar. Receivers lose the policy by a broken p=, sp= or np=, and ignore other tags that are broken.",
  source: "RFC 9989, sections 4.7, 4.8 and 4.10.1",
  severity: "high",
  run: async (subject) => {
    const applied = await discoverPolicy(subject);
    if (!applied) throw new NotApplicable(`${subject.domain} has no DMARC policy.`);
    const { problems, slips } = applied.record;
    const name = `_dmarc.${applied.at}`;
    const evidence = (what: string) => `The record at ${name} ${what}`;
    if (problems.length > 0)
      return failed(
        evidence(`is malformed.\n${problemLines([...problems, ...slips])}\n${policyLine(applied)}`),
        `Publish it with a semicolon between tags, each a name, = and a value; for example ${await wantedPolicy(subject)}`,
      );
    if (slips.length > 0)
      return warning(
        evidence(`has what receivers may ignore.\n${problemLines(slips)}\n${policyLine(applied)}`),
        `Mend what is named; addresses are written as in rua=mailto:postmaster@${applied.at}, and p= comes directly behind the version.`,
      );
    return passed(evidence(`is well formed.\n${policyLine(applied)}`));
  },
};
