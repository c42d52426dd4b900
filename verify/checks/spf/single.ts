import type { Check } from "../../check";
import { failed, NotApplicable, passed } from "../../outcome";
import { spfRecords } from "../../spf/tree";
import { txtLine } from "../../tag-list";

export const spfSingle: Check = {
  id: "spf-single",
  title: "The domain has one SPF record only",
  asks: "Whether there is more than one SPF record. Receivers then give up (permerror), and none of them counts.",
  source: "RFC 7208, sections 3.2 and 4.5",
  severity: "high",
  run: async (subject) => {
    const { domain } = subject;
    const records = await spfRecords(subject, domain);
    if (records.length === 0) throw new NotApplicable(`${domain} has no SPF record.`);
    if (records.length === 1) return passed(`${domain} has one SPF record.`);
    return failed(
      `${domain} has ${records.length} SPF records.\n${records.map((text) => txtLine(domain, text)).join("\n")}`,
      `Put all senders into one record and delete the others: ${txtLine(domain, merge(records))}`,
    );
  },
};

/** All that the records allow, and the end of the first that has one. */
function merge(records: readonly string[]): string {
  const terms = records.flatMap((text) => text.split(/ +/).slice(1)).filter(Boolean);
  const isEnd = (term: string) => /^[-~?+]?all$/i.test(term);
  return ["v=spf1", ...new Set(terms.filter((term) => !isEnd(term))), terms.find(isEnd) ?? "-all"].join(" ");
}
