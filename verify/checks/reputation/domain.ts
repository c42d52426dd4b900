import type { Check } from "../../check";
import { zoneOf } from "../../dns/zone";
import { judgeReputation } from "../../reputation/judge";
import { domainLists } from "../../reputation/lists";

export const reputationDomain: Check = {
  id: "reputation-domain",
  title: "No block list has the domain",
  asks: "Whether the lists that receivers ask about the domains in a message know this one: its mail is refused or filtered then.",
  source: "RFC 5782 section 3; Spamhaus DBL, SURBL, URIBL",
  severity: "high",
  run: async (subject) => {
    const { domain } = subject;
    // Some lists know registered domains only, which are mostly where the zone begins.
    const names = new Set([domain, (await zoneOf(subject, domain)).name]);
    return judgeReputation(
      subject,
      domainLists,
      [...names].map((name) => ({ name, label: name })),
    );
  },
};
