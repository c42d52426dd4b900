import type { Check } from "../../check";
import { passed, warning } from "../../outcome";
import { spfTree, treeLines } from "../../spf/tree";

export const spfPtr: Check = {
  id: "spf-ptr",
  title: "SPF does without ptr",
  asks: "Whether the policy uses the mechanism ptr or the macro p, which are slow, unreliable and not to be published.",
  source: "RFC 7208, sections 5.5 and 7.2",
  severity: "low",
  run: async (subject) => {
    const tree = await spfTree(subject);
    const found = tree.nodes.flatMap(({ domain, record }) => {
      const terms = (record?.mechanisms ?? [])
        .filter(({ name, domainSpec }) => name === "ptr" || /%\{p/i.test(domainSpec ?? ""))
        .map(({ text }) => text);
      if (/%\{p/i.test(record?.redirect ?? "")) terms.push(`redirect=${record?.redirect}`);
      return terms.map((term) => ({ term, domain }));
    });
    if (found.length === 0) return passed(`Neither ptr nor %{p} is used.\n${treeLines(tree)}`);
    return warning(
      `${found.map(({ term, domain }) => `${term} of ${domain}`).join(", ")} asks for reverse names.\n${treeLines(tree)}`,
      `Name the hosts by a, mx, ip4: or ip6: instead of ${found[0]?.term} in the SPF record of ${found[0]?.domain}.`,
    );
  },
};
