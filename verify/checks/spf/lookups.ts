import type { Check } from "../../check";
import { CannotCheck, failed, passed } from "../../outcome";
import { hostLimit, lookupLimit } from "../../spf/evaluate";
import { spfTree, treeLines } from "../../spf/tree";
import { firstOf } from "../../tag-list";

export const spfLookups: Check = {
  id: "spf-lookups",
  title: `SPF takes at most ${lookupLimit} DNS look-ups`,
  asks: `How many terms ask DNS (include, a, mx, ptr, exists, redirect), those of included records too. At more than ${lookupLimit} receivers give up (permerror).`,
  source: "RFC 7208, section 4.6.4",
  severity: "high",
  run: async (subject) => {
    const tree = await spfTree(subject);
    const { nodes, lookups } = tree;
    const loop = nodes.find((node) => node.loop);
    if (loop?.via)
      return failed(
        `The SPF record of ${loop.domain} includes itself without end: ${loop.via.term} of ${loop.via.of}.\n${treeLines(tree)}`,
        `Take ${loop.via.term} out of the SPF record of ${loop.via.of}.`,
      );
    const terms = lookups.map(({ term, domain }, index) => `${index + 1}. ${term} of ${domain}`);
    const list = firstOf(terms, 40).join("\n");
    const advice = `Take out what no longer sends, name addresses by ip4: and ip6: instead of a and mx, or give a sender a subdomain with an SPF record of its own.`;
    if (lookups.length > lookupLimit)
      return failed(`SPF takes ${lookups.length} look-ups, of ${lookupLimit} allowed.\n${list}`, advice);
    const crowd = lookups.find(({ hosts }) => hosts > hostLimit);
    if (crowd)
      return failed(
        `${crowd.term} of ${crowd.domain} leads to ${crowd.hosts} mail hosts, of ${hostLimit} allowed.\n${treeLines(tree)}`,
        `Name the hosts that send by ip4: and ip6: instead of ${crowd.term}.`,
      );
    const unanswered = nodes.find((node) => node.unanswered)?.unanswered;
    if (unanswered) throw new CannotCheck(unanswered.message, unanswered.remedy);
    return passed(`SPF takes ${lookups.length} look-ups, of ${lookupLimit} allowed.\n${list}`.trimEnd());
  },
};
