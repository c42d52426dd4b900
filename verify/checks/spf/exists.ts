import type { Check } from "../../check";
import { failed, passed } from "../../outcome";
import { isMeantAsSpf } from "../../spf/record";
import { spfRecords } from "../../spf/tree";
import { wantedSpf } from "../../spf/wanted";
import { txtLine } from "../../tag-list";

export const spfExists: Check = {
  id: "spf-exists",
  title: "The domain has an SPF record",
  asks: "Whether the domain says which hosts send its mail. Without it anybody can use its name in MAIL FROM, and big receivers distrust its mail.",
  source: "RFC 7208, sections 3.1 and 4.5",
  severity: "high",
  run: async (subject) => {
    const { domain, dns } = subject;
    const records = await spfRecords(subject, domain);
    if (records.length > 0)
      return passed(`${domain} has SPF.\n${records.map((text) => txtLine(domain, text)).join("\n")}`);
    const { records: all } = await dns.query(domain, "TXT");
    const meant = all.map(({ value }) => value).find(isMeantAsSpf);
    return failed(
      meant === undefined
        ? `${domain} has no SPF record.`
        : `${domain} has a TXT record that is meant as SPF, and receivers ignore it: ${whyIgnored(meant)}.\n${txtLine(domain, meant)}`,
      `Publish ${await wantedSpf(subject)}`,
    );
  },
};

function whyIgnored(text: string): string {
  if (/^v=spf1/i.test(text)) return "there is no space behind v=spf1";
  if (/^["'\\]/.test(text)) return "a quotation mark is part of it";
  return "it does not begin with v=spf1 and a space";
}
