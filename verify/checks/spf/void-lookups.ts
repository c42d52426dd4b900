import type { Check } from "../../check";
import { failed, passed } from "../../outcome";
import { voidLookupLimit } from "../../spf/evaluate";
import { spfTree } from "../../spf/tree";
import { firstOf } from "../../tag-list";

export const spfVoidLookups: Check = {
  id: "spf-void-lookups",
  title: `At most ${voidLookupLimit} of SPF's look-ups lead to nothing`,
  asks: `How many a, mx and exists terms name what does not exist or has no address. At more than ${voidLookupLimit} receivers give up (permerror).`,
  source: "RFC 7208, section 4.6.4",
  severity: "high",
  run: async (subject) => {
    const { lookups } = await spfTree(subject);
    const voids = lookups.filter(({ isVoid }) => isVoid);
    const lines = voids.map(({ term, domain }) => `${term} of ${domain} leads to nothing`);
    const list = firstOf(lines, 40).join("\n");
    if (voids.length > voidLookupLimit)
      return failed(
        `${voids.length} look-ups of SPF lead to nothing, of ${voidLookupLimit} allowed.\n${list}`,
        "Take these terms out of the SPF record, or publish the addresses of the hosts that they name.",
      );
    const unanswered = lookups.find((lookup) => lookup.unanswered)?.unanswered;
    if (unanswered) throw unanswered;
    return passed(`${voids.length || "No"} look-ups of SPF lead to nothing.\n${list}`.trimEnd());
  },
};
