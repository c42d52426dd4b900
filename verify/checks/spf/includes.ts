import type { Check } from "../../check";
import { failed, NotApplicable, passed } from "../../outcome";
import { type SpfNode, spfTree, treeLines } from "../../spf/tree";
import { problemLines } from "../../tag-list";

export const spfIncludes: Check = {
  id: "spf-includes",
  title: "What SPF includes has a record",
  asks: "Whether each include: and redirect= leads to exactly one well-formed SPF record. Where one does not, receivers give up on the whole policy (permerror).",
  source: "RFC 7208, sections 5.2 and 6.1",
  severity: "high",
  run: async (subject) => {
    const tree = await spfTree(subject);
    const led = tree.nodes.filter(({ via }) => via);
    if (led.length === 0) throw new NotApplicable(`The SPF record of ${subject.domain} leads to no other.`);
    const broken = led.flatMap((node) => {
      const fault = faultOf(node);
      return fault ? [{ node, fault }] : [];
    });
    const [first] = broken;
    if (first)
      return failed(
        `${broken.map(({ node: { via }, fault }) => `${via?.term} of ${via?.of} is broken: ${fault}.`).join("\n")}\n${treeLines(tree)}`,
        `Take ${first.node.via?.term} out of the SPF record of ${first.node.via?.of}, or have ${first.node.domain} publish one well-formed record.`,
      );
    const unanswered = led.find((node) => node.unanswered)?.unanswered;
    if (unanswered) throw unanswered;
    return passed(`Each has one record: ${led.map(({ domain }) => domain).join(", ")}.\n${treeLines(tree)}`);
  },
};

function faultOf({ domain, records, record, unanswered }: SpfNode): string | undefined {
  if (unanswered) return undefined;
  if (records.length === 0) return `${domain} has no SPF record`;
  if (records.length > 1) return `${domain} has ${records.length} SPF records`;
  if (record && record.problems.length > 0)
    return `the record of ${domain} is malformed, ${problemLines(record.problems)}`;
  return undefined;
}
